import { absentValue, doubleEncoding, htmlText, knownTexts } from '../leads/known-texts.ts'
import type { KnownTexts } from '../leads/known-texts.ts'
import type { Contact, UnmappedValue } from '../leads/lead.ts'
import { isAbsentName, withoutPlaceholders } from '../text/absent-names.ts'
import { isAbsentValue } from '../text/absent-values.ts'
import { cleanText } from '../text/clean-text.ts'
import { withoutDoubleEncoding } from '../text/double-encoding.ts'
import { plainShortText } from '../text/html-text.ts'
import { isFormOfAddress, isSalutation, withoutSalutation } from '../text/name-titles.ts'
import { withoutNameMarks } from './name-marks.ts'

/** The parts of a person's name: each can decide whether another is a name or a word for none. */
export const NAME_PARTS = ['firstName', 'middleName', 'lastName', 'fullName'] as const

/** Members that hold words of our own lists, or codes. */
const CODES = ['language', 'preferredChannel', 'preferredTime'] as const

export type GivenWords = Partial<Omit<Contact, 'emails' | 'phones' | 'address'>>

/** The names and other words of a contact as far as they say something, and their repairs. */
export function readWords(given: GivenWords, path: string): KnownTexts<GivenWords> {
  const { firstName, middleName, lastName, fullName, ...others } = given
  const names = { firstName, middleName, lastName, fullName }
  const known = knownTexts<GivenWords>(others, path, CODES)
  const repairs: UnmappedValue[] = []
  const members: GivenWords = { ...known.members }
  const isNone = isNoName(firstName, lastName)
  for (const part of NAME_PARTS) {
    const name = names[part]
    if (typeof name !== 'string') continue
    const beside = NAME_PARTS.flatMap((one) => (one === part ? [] : (names[one] ?? [])))
    const at = `${path}/${part}`
    const isHalf = isNone && (part === 'firstName' || part === 'lastName')
    const read = isHalf
      ? { name: null, repairs: [absentValue(at, name)] }
      : readName(name, beside, { part, path: at })
    members[part] = read.name
    repairs.push(...read.repairs)
  }
  return { members, repairs: [...repairs, ...known.repairs] }
}

/** Words for none that a form or a person divided: `Nie` and `Podano`, `Keine` and `Angabe`, `Dear` and `Sir`. */
function isNoName(first: string | null | undefined, last: string | null | undefined): boolean {
  if (!first?.trim() || !last?.trim()) return false
  const whole = `${first.trim()} ${last.trim()}`
  if (isSalutation(whole)) return true
  return isAbsentValue(whole) && !isAbsentName(first, [last]) && !isAbsentName(last, [first])
}

function readName(
  text: string,
  beside: readonly string[],
  { part, path }: { part: string; path: string }
): { name: string | null; repairs: UnmappedValue[] } {
  if (text.trim() === '') return { name: null, repairs: [] }
  if (isAbsentName(text, beside)) return { name: null, repairs: [absentValue(path, text)] }
  const meant = withoutDoubleEncoding(text)
  const plain = plainShortText(meant)
  const written = cleanText(plain)
  const name = withoutSalutation(withoutNameMarks(written))
  const told = [
    ...(meant === text ? [] : [doubleEncoding(path, text)]),
    ...(plain === meant ? [] : [htmlText(path, text)]),
    ...(name === written ? [] : [{ path, text: text.trim(), code: 'surrounding_marks' as const }])
  ]
  // `Wei Pan` and `Hans Herr` are people: these words are surnames too.
  if (isFormOfAddress(name) && (part !== 'lastName' || beside.length === 0)) {
    return { name: null, repairs: [absentValue(path, text)] }
  }
  const rest = part === 'fullName' ? withoutPlaceholders(name) : null
  if (rest === null) return { name: name === '' ? null : name, repairs: told }
  return { name: rest, repairs: [...told, { path, text: text.trim(), code: 'placeholder_words' }] }
}
