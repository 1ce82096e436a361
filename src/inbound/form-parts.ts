import { isCountryOfPhone, isDialledCode, isExtension } from '../domain/contacts/phone-codes.ts'
import { COLUMN_NAMES } from '../domain/imports/column-names.ts'
import { codeOwners, joinedNumber } from '../domain/imports/joined-phones.ts'
import { isPhoneField, joinNumbers } from '../domain/imports/phone-parts.ts'
import { codeColumn } from '../domain/imports/qualified-names.ts'
import type { CodeColumn } from '../domain/imports/qualified-names.ts'
import { isSecondSurname, surnameBeside, withSurname } from '../domain/imports/surnames.ts'
import { fold } from '../domain/text/fold.ts'
import type { FormField } from './form-field.ts'

/**
 * The fields of a form with the parts of one phone, and the first and last name, joined: builders of forms send
 * the country or area code beside the number, and without it the number is that of another person.
 */
export function joinParts(fields: readonly FormField[]): FormField[] {
  return namesTold(joinSurnames(joinCodes(numberedParts(fields))))
}

/** The numbers with the codes of their country and area and their extension. */
export function joinCodes(given: readonly FormField[]): FormField[] {
  const placed = joinNumbers(given).map((field, place) => ({ field, name: field.name, place }))
  const codes = placed.flatMap((one) => {
    const found = one.field.isFile ? null : codeColumn(one.name)
    return found && isCode(found, one.field.text)
      ? [{ ...one, kind: found.kind, text: one.field.text }]
      : []
  })
  const fields = new Set(codes.map(({ field }) => field))
  const numbers = placed.filter(
    ({ field, name }) => !field.isFile && !fields.has(field) && isPhoneField(name)
  )
  if (numbers.length === 0) return placed.map(({ field }) => field)
  const owners = codeOwners(codes, numbers)
  return placed
    .filter(({ field }) => !fields.has(field))
    .map((one) => {
      if (!numbers.includes(one)) return one.field
      const own = codes.filter((code) => {
        const owner = owners.get(code)
        return owner === null || owner === one
      })
      return { ...one.field, text: joinedNumber(one.field.text, own) }
    })
}

function isCode({ kind, isOfPhone }: CodeColumn, text: string): boolean {
  if (kind === 'extension') return isExtension(text)
  return isDialledCode(text) || (kind === 'country' && isOfPhone && isCountryOfPhone(text))
}

/** Gravity Forms sends `input_1.3` as `1.3` too. Choices have such numbers as well: a name has parts 3 and 6. */
function numberedParts(fields: readonly FormField[]): FormField[] {
  const names = new Set(fields.map(({ name }) => name.replace('_', '.')))
  return fields.map((field) => {
    const [, id, part] = /^(\d{1,4})[._](\d)$/.exec(field.name) ?? []
    const isName = id !== undefined && names.has(`${id}.3`) && names.has(`${id}.6`)
    return isName ? { ...field, labels: [`input_${id}.${part ?? ''}`] } : field
  })
}

const FIRST_NAMES = new Set(COLUMN_NAMES['contact.firstName'])
const LAST_NAMES = new Set(COLUMN_NAMES['contact.lastName'])

/** A `name` beside a last name, and without it, is the first name; beside a first name it is the last one. */
function namesTold(fields: readonly FormField[]): FormField[] {
  const named = (names: ReadonlySet<string>) =>
    fields.filter((field) => !field.isFile && names.has(fold(field.name)))
  const [name, ...others] = named(new Set(['name', 'nazwa']))
  const [last] = named(LAST_NAMES)
  const [first] = named(FIRST_NAMES)
  if (name && first && !last && others.length === 0) return lastNameTold(fields, name)
  if (!name || !last || first || others.length > 0) return [...fields]
  const words = new Set(fold(name.text).split(' '))
  const hasLast = fold(last.text)
    .split(' ')
    .some((word) => words.has(word))
  return hasLast
    ? [...fields]
    : fields.map((field) => (field === name ? { ...field, name: 'first_name' } : field))
}

function lastNameTold(fields: readonly FormField[], name: FormField): FormField[] {
  const columns = fields.flatMap(({ name, text, isFile }) =>
    isFile ? [] : [{ name, samples: [text] }]
  )
  return surnameBeside(columns)?.name === name.name
    ? fields.map((field) => (field === name ? { ...field, name: 'last_name' } : field))
    : [...fields]
}

/** The second of two surnames joins the first: `apellido1` and `apellido2`. */
function joinSurnames(fields: readonly FormField[]): FormField[] {
  const isNamed = ({ isFile }: FormField) => !isFile
  const second = fields.find((field) => isNamed(field) && isSecondSurname(field.name))
  const first = fields.find(
    (field) => isNamed(field) && LAST_NAMES.has(spaced(field.name)) && !isSecondSurname(field.name)
  )
  if (!first || !second) return [...fields]
  const text = withSurname(first.text, second.text, true)
  return fields.flatMap((field) =>
    field === first ? [{ ...field, text }] : field === second ? [] : [field]
  )
}

/** `apellido1` as the table of names has it. */
function spaced(name: string): string {
  return fold(name.replace(/(?<=\p{L})(?=\d)/gu, ' '))
}
