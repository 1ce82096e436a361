import { fold, squeeze } from '../text/fold.ts'
import { COLUMN_NAMES } from './column-names.ts'
import { LABEL_WORDS } from './label-words.ts'

const MEMBERS = ['city', 'region', 'postalCode'] as const
type Member = (typeof MEMBERS)[number]

const NAMES = new Map(
  MEMBERS.map((member) => [
    member,
    new Set((COLUMN_NAMES[`contact.address.${member}`] ?? []).map(squeeze))
  ])
)

/** Words that stand between them, or around them. */
const BETWEEN = new Set([
  ...LABEL_WORDS,
  ...'i y and und e et a u or o oder lub de del la'.split(' '),
  ...'kunde kunden klient klienta cliente customer client contact address adres adresse direccion'.split(
    ' '
  )
])

/** More words are a sentence. */
const MAX_WORDS = 8

/**
 * The member of the address that a column named so is read as, which has the postal code and the city or the state in
 * one cell: `PLZ/Ort`, `Kod i miejscowość`, `City/State/Zip`, `State, ZIP`. Null: it has not.
 */
export function placeMember(name: string): 'city' | 'region' | null {
  const all = fold(name).split(' ')
  if (all.length > MAX_WORDS) return null
  const words = all.filter((word) => !BETWEEN.has(word))
  const members = membersIn(words)
  if (!members.includes('postalCode') || members.length < 2) return null
  return members.includes('city') ? 'city' : 'region'
}

/** The members that the words name, each once, one behind the other; none: other words are among them. */
function membersIn(words: readonly string[], before: readonly Member[] = []): readonly Member[] {
  if (words.length === 0) return before
  for (let end = words.length; end > 0; end -= 1) {
    const name = words.slice(0, end).join('')
    const member = MEMBERS.find((one) => NAMES.get(one)?.has(name) === true)
    if (member === undefined || before.includes(member)) continue
    const members = membersIn(words.slice(end), [...before, member])
    if (members.length > 0) return members
  }
  return []
}
