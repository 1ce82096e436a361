import { squeeze } from '../text/fold.ts'
import { COLUMN_NAMES } from './column-names.ts'

/** Words for a whole name that mean the first name beside a last one: `nome` and `cognome`. */
const FIRST_BESIDE_LAST = squeezed(['nome', 'jméno', 'meno', 'имя', "ім'я", 'ad', 'adı', 'isim'])
/** And those that mean the last name beside a first one: `nom` and `prénom`. */
const LAST_BESIDE_FIRST = squeezed(['nom', 'nume', 'naam', 'név'])

const FIRST = squeezed(COLUMN_NAMES['contact.firstName'] ?? [])
const LAST = squeezed(COLUMN_NAMES['contact.lastName'] ?? [])

/** The columns that have one part of a name because another has the other part, with their fields. */
export function halfNames<Column extends { name: string }>(
  columns: readonly Column[]
): Map<Column, 'contact.firstName' | 'contact.lastName'> {
  const called = (names: ReadonlySet<string>) =>
    columns.filter(({ name }) => names.has(squeeze(name)))
  const [firsts, lasts] = [called(FIRST), called(LAST)]
  const found = new Map<Column, 'contact.firstName' | 'contact.lastName'>()
  const [first] = called(FIRST_BESIDE_LAST)
  const [last] = called(LAST_BESIDE_FIRST)
  if (first && firsts.length === 0 && lasts.length > 0) found.set(first, 'contact.firstName')
  if (last && lasts.length === 0 && firsts.length > 0) found.set(last, 'contact.lastName')
  return found
}

function squeezed(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map(squeeze))
}
