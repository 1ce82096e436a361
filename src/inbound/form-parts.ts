import { COLUMN_NAMES } from '../domain/imports/column-names.ts'
import { fold } from '../domain/text/fold.ts'
import type { FormField } from './form-field.ts'

/**
 * The fields of a form with the parts of one phone, and the first and last name, joined: builders of forms send
 * the country or area code beside the number, and without it the number is that of another person.
 */
export function joinParts(fields: readonly FormField[]): FormField[] {
  return namesTold(withCode(withCode(fields, AREA), COUNTRY))
}

/** A code that stands before the number. */
interface CodeKind {
  /** What the name of its field is without the word for a phone. */
  names: ReadonlySet<string>
  /** What its field may be called without a word for a phone. */
  alone: ReadonlySet<string>
  pattern: RegExp
  join: (code: string, number: string) => string
}

const PHONE = new Set(['phone', 'tel', 'telephone', 'mobile', 'cell', 'telefon', 'telefono'])
const NUMBER = new Set(['', 'number', 'national', 'local'])

const COUNTRY: CodeKind = {
  names: new Set(['country', 'country code', 'cc', 'dial code', 'calling code', 'prefix', 'code']),
  alone: new Set(['country code', 'dial code', 'calling code']),
  pattern: /^(?:\+|00)?([1-9]\d{0,2})$/,
  join: (code, number) => `+${code} ${number}`
}

const AREA: CodeKind = {
  names: new Set(['area', 'area code']),
  alone: new Set(['area code']),
  pattern: /^\(?(\d{2,5})\)?$/,
  join: (code, number) => `${code} ${number}`
}

/** The number with its code where the form has one of each. */
function withCode(fields: readonly FormField[], kind: CodeKind): FormField[] {
  const read = fields.map((field) => ({ field, ...partOf(field) }))
  const isCode = ({ rest, isPhone, field }: (typeof read)[number]) =>
    (isPhone ? kind.names : kind.alone).has(rest) && kind.pattern.test(field.text.trim())
  const [code, ...otherCodes] = read.filter(isCode)
  const [number, ...otherNumbers] = read.filter(({ rest, isPhone }) => isPhone && NUMBER.has(rest))
  const isOne = otherCodes.length === 0 && otherNumbers.length === 0
  if (!code || !number || !isOne || /^\s*(?:\+|00)/.test(number.field.text)) return [...fields]
  const digits = kind.pattern.exec(code.field.text.trim())?.[1] ?? ''
  const text = kind.join(digits, number.field.text.trim())
  return fields
    .filter((field) => field !== code.field)
    .map((field) => (field === number.field ? { ...field, text } : field))
}

/** The words of a name without those for a phone, and whether it had one. */
function partOf({ name, isFile }: FormField): { rest: string; isPhone: boolean } {
  const spaced = name.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
  const words = fold(spaced)
    .split(' ')
    .filter((word) => !/^q?\d+$/.test(word))
  const rest = words.filter((word) => !PHONE.has(word))
  const isPhone = !isFile && rest.length < words.length
  // `q5_phoneNumber[area]` is the area of a phone number.
  const bare = isPhone && rest.length > 1 && rest[0] === 'number' ? rest.slice(1) : rest
  return { rest: isFile ? 'file' : bare.join(' '), isPhone }
}

const FIRST_NAMES = new Set(COLUMN_NAMES['contact.firstName'])
const LAST_NAMES = new Set(COLUMN_NAMES['contact.lastName'])

/** A `name` beside a last name, and without it, is the first name. */
function namesTold(fields: readonly FormField[]): FormField[] {
  const named = (names: ReadonlySet<string>) =>
    fields.filter((field) => !field.isFile && names.has(fold(field.name)))
  const [name, ...others] = named(new Set(['name']))
  const [last] = named(LAST_NAMES)
  const [first] = named(FIRST_NAMES)
  if (!name || !last || first || others.length > 0) return [...fields]
  const words = new Set(fold(name.text).split(' '))
  const hasLast = fold(last.text)
    .split(' ')
    .some((word) => words.has(word))
  return hasLast
    ? [...fields]
    : fields.map((field) => (field === name ? { ...field, name: 'first_name' } : field))
}
