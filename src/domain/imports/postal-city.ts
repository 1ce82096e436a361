import { fold, squeeze } from '../text/fold.ts'
import { COLUMN_NAMES } from './column-names.ts'
import { LABEL_WORDS } from './label-words.ts'

const POSTAL_CODES = new Set((COLUMN_NAMES['contact.address.postalCode'] ?? []).map(squeeze))
const CITIES = new Set((COLUMN_NAMES['contact.address.city'] ?? []).map(squeeze))

/** Words that stand between both, or around them. */
const BETWEEN = new Set([
  ...LABEL_WORDS,
  ...'i y and und e et a u or o oder lub de del la'.split(' '),
  ...'kunde kunden klient klienta cliente customer client contact address adres adresse direccion'.split(
    ' '
  )
])

/** More words are a sentence. */
const MAX_WORDS = 8

/** Whether a column named so has the postal code and the city in one cell: `PLZ/Ort`, `Kod i miejscowość`. */
export function isPostalCity(name: string): boolean {
  const all = fold(name).split(' ')
  if (all.length > MAX_WORDS) return false
  const words = all.filter((word) => !BETWEEN.has(word))
  return words.some((_, at) => {
    const [one, other] = [words.slice(0, at).join(''), words.slice(at).join('')]
    return (
      (POSTAL_CODES.has(one) && CITIES.has(other)) || (CITIES.has(one) && POSTAL_CODES.has(other))
    )
  })
}
