import type { CustomField } from '../domain/fields/custom-field.ts'
import { MAX_FIELD_NAME, guessMapping, isToldByValues } from '../domain/imports/guess-mapping.ts'
import { contactColumn } from '../domain/imports/qualified-names.ts'
import { setOwn } from '../domain/text/set-own.ts'
import type { PhoneType, UnmappedValue } from '../domain/leads/lead.ts'
import { escapePointer } from '../domain/text/json-pointer.ts'
import { joinDescribed } from './answer-pairs.ts'
import { callRequests } from './call-requests.ts'
import { aboutForm, ofOtherParties } from './form-holders.ts'
import { takeConsents } from './form-consents.ts'
import type { FormField } from './form-field.ts'
import { joinParts } from './form-parts.ts'
import { isIdentifier, isToken, partsOf, spellingsOf } from './form-words.ts'
import { expandJson } from './json-form.ts'
import { namelessMessage } from './nameless-message.ts'
import { submissionFields } from './submission.ts'

/** A form as the JSON body of a lead, and what the body has no place for. */
export interface LeadForm {
  body: Record<string, unknown>
  unmapped: UnmappedValue[]
  /** Where each value of the body was sent, by the pointers of the body. */
  sentAt: ReadonlyMap<string, string>
}

interface FormReading {
  /** Whether the body of a lead has such a place: `['contact', 'email']`. */
  hasPlace: (parts: readonly string[]) => boolean
  customFields: readonly Pick<CustomField, 'key' | 'label'>[]
}

/**
 * Reads a form by the names of its fields: our own paths (`contact[email]`, `vehicles.0.make`), or what forms and
 * people call them in four languages. Where no name is an e-mail or phone, the values tell. A form can't be
 * corrected by its sender, so unknown fields and files are kept in `unmapped`.
 */
export function readLeadForm(fields: readonly FormField[], reading: FormReading): LeadForm {
  const body: Record<string, unknown> = {}
  const unmapped: UnmappedValue[] = []
  const loose: FormField[] = []
  const sentAt = new Map<string, string>()
  const isOverlong = ({ name }: FormField) => name.length > MAX_FIELD_NAME
  for (const field of fields.filter(isOverlong)) {
    const path = `/${escapePointer(field.name.slice(0, MAX_FIELD_NAME).toWellFormed())}`
    unmapped.push({ path, text: field.text, code: 'unknown_member' })
  }
  const named = fields.filter((field) => !isOverlong(field))
  const all = joinParts(joined(joinDescribed(expandJson(named))))
  const { consents, rest, contradicted } = reading.hasPlace(['consents', '0', 'purpose'])
    ? takeConsents(all, reading.customFields)
    : { consents: {}, rest: all, contradicted: [] }
  if (Object.keys(consents).length > 0) body.consents = consents
  for (const field of contradicted) {
    unmapped.push({ ...told(field), code: 'contradicted_consent' })
  }
  for (const field of rest) {
    const parts = partsOf(field.name)
    if (field.isFile) unmapped.push({ ...told(field), code: 'file_left_out' })
    else if (parts.length > 0 && reading.hasPlace(parts)) {
      setPlace(body, parts, field.text)
      if (field.pointer !== undefined) sentAt.set(pointerTo(parts), field.pointer)
    } else loose.push(field)
  }
  const { guessed, byValue } = guessFields(loose, reading)
  const submission = submissionFields(loose)
  const pathOf = (field: FormField, index: number) => {
    const said = submission.get(field)
    return said && reading.hasPlace([said]) ? said : (guessed[index] ?? null)
  }
  const paths = loose.map(pathOf)
  const hasMessage = Object.hasOwn(body, 'message') || paths.includes('message')
  const message =
    hasMessage || !reading.hasPlace(['message'])
      ? null
      : namelessMessage(loose.filter((_, index) => paths[index] === null))
  loose.forEach((field, index) => {
    const path = field === message ? 'message' : (paths[index] ?? null)
    const place = path === null ? null : setGuessed(body, path, field)
    if (place !== null) {
      sentAt.set(pointerTo(place), told(field).path)
      if (field === message || byValue.has(index))
        unmapped.push({ ...told(field), code: 'found_in_text' })
    } else unmapped.push({ ...told(field), code: 'unknown_member' })
  })
  return { body, unmapped, sentAt }
}

function pointerTo(parts: readonly (string | number)[]): string {
  return parts.map((part) => `/${escapePointer(String(part))}`).join('')
}

function told({ name, text, pointer }: FormField): Omit<UnmappedValue, 'code'> {
  return { path: pointer ?? `/${escapePointer(name)}`, text }
}

/** Fields without blanks; values of one name, such as those of several checkboxes, are one. */
function joined(fields: readonly FormField[]): FormField[] {
  const byName = new Map<string, FormField>()
  for (const field of fields) {
    if (field.text.trim() === '' || isToken(field.name)) continue
    const name = [...(field.within ?? []), field.name].join(' ')
    const before = byName.get(name)
    if (!before) byName.set(name, { ...field })
    else if (before.text !== field.text) before.text += `, ${field.text}`
  }
  return [...byName.values()]
}

/**
 * The fields by their names, or null for a name that says nothing; and those with a name of another thing whose
 * value alone is an e-mail or a phone, by their index.
 */
function guessFields(
  fields: readonly FormField[],
  { customFields }: FormReading
): { guessed: (string | null)[]; byValue: ReadonlySet<number> } {
  const guess = (columns: { name: string; samples: string[] }[]) =>
    guessMapping(
      columns.map((column) => ({ ...column, dates: null })),
      'leads',
      customFields
    ).map(({ field }) => (field !== null && UNGUESSED.has(field) ? null : field))
  const known = new Map<string, string | null>()
  // Asked several times of each name, and to find it takes longest of all.
  const fieldOf = (name: string) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const field = guess([{ name, samples: [] }])[0] ?? null
    known.set(name, field)
    return field
  }
  const names = fields.map(({ name, text, labels = [] }) => {
    const spellings = [name, ...labels].flatMap(spellingsOf)
    const spelling = spellings.find((one) => fieldOf(one) !== null) ?? name
    // `Contact?` with a yes or no is no name.
    return /^(?:true|false)$/.test(text) && fieldOf(spelling) === 'contact.fullName' ? '' : spelling
  })
  const pathIn = (all: readonly string[]) => (index: number) => fieldOf(all[index] ?? '') ?? ''
  const others = ofOtherParties(fields, pathIn(names))
  const own = names.map((name, index) => (others.has(index) ? '' : name))
  const outside = aboutForm(fields, pathIn(own))
  const asked = callRequests(fields, own.map(fieldOf))
  const told = own.map((name, index) => (outside.has(index) || asked.has(index) ? '' : name))
  const guessed = guess(told.map((name) => ({ name, samples: [] })))
  const hasPoint = guessed.some((field) => field !== null && POINT.test(field))
  const isShaped = (name: string) => !hasPoint || isIdentifier(name)
  const shaped = guess(
    told.map((name, index) => {
      const isSample =
        (isShaped(fields[index]?.name ?? '') || isToldByValues(name)) &&
        ![outside, others, asked].some((left) => left.has(index))
      return { name, samples: isSample ? [fields[index]?.text.trim() ?? ''] : [] }
    })
  )
  const isByValue = (index: number) =>
    guessed[index] === null &&
    POINT.test(shaped[index] ?? '') &&
    [names[index] ?? '', fields[index]?.name ?? ''].some((name) => !isIdentifier(name))
  return {
    guessed: shaped.map((field, index) =>
      outside.has(index) && fieldOf(names[index] ?? '') === 'contact.fullName'
        ? 'attribution.formName'
        : field
    ),
    byValue: new Set([...fields.keys()].filter(isByValue))
  }
}

/** A form's `id` is that of the form, and its `date` may be the day that the person wants to come. */
const UNGUESSED: ReadonlySet<string> = new Set([
  'externalId',
  'submittedAt',
  'submittedTime',
  'type'
])

export const POINT = /^contact\.(?:email|phone|otherEmails|otherPhones)$/

/** Sets a value at a place of the body; lists are made where an index or `[]` stands. */
function setPlace(body: Record<string, unknown>, parts: readonly string[], text: string): void {
  let holder: Record<string, unknown> | unknown[] = body
  parts.forEach((part, index) => {
    const isLast = index === parts.length - 1
    const key = Array.isArray(holder) ? Math.min(Number(part), holder.length) : part
    const before = Reflect.get(holder, key) as unknown
    const isHeld = typeof before === 'object' && before !== null
    const value = isLast ? text : isHeld ? before : /^\d+$/.test(parts[index + 1] ?? '') ? [] : {}
    if (!isHeld || isLast) setOwn(holder, String(key), value)
    if (!isLast) holder = value as Record<string, unknown>
  })
}

/** Sets the value of a field, and returns its place in the body; null: another value has it. */
export function setGuessed(
  body: Record<string, unknown>,
  path: string,
  { name, text }: FormField
): (string | number)[] | null {
  const [part, member] = splitAtLast(path)
  if (part === 'contact' && POINT.test(path)) {
    const point = { text, type: phoneTypeOf(name) }
    return ['contact', ...setPoint(memberOf(body, ['contact']), member, point)]
  }
  if (part === 'contact.address' && member === 'street') {
    return [
      'contact',
      'address',
      member,
      addTo(memberOf(body, ['contact', 'address']), member, text)
    ]
  }
  const holders = PLACES[part] ?? part.split('.').filter((name) => name !== '')
  const holder = memberOf(body, holders)
  if (Object.hasOwn(holder, member)) return null
  setOwn(holder, member, text)
  return [...holders.flatMap((name) => (name === 'vehicles' ? [name, 0] : [name])), member]
}

/** An e-mail or phone: the main one, or one of the others where that is given. */
function setPoint(
  contact: Record<string, unknown>,
  member: string,
  { text, type }: { text: string; type: PhoneType | null }
): (string | number)[] {
  const isEmail = /email/i.test(member)
  const main = isEmail ? 'email' : 'phone'
  if (member !== main || Object.hasOwn(contact, main)) {
    const phone = type === null ? text : { number: text, type }
    const others = isEmail ? 'otherEmails' : 'otherPhones'
    return [others, addTo(contact, others, isEmail ? text : phone)]
  }
  contact[main] = text
  if (!isEmail && type !== null && !Object.hasOwn(contact, 'phoneType')) contact.phoneType = type
  return [main]
}

function phoneTypeOf(name: string): PhoneType | null {
  const types = spellingsOf(name).map((spelling) => contactColumn(spelling)?.type ?? null)
  return types.find((type) => type !== null) ?? null
}

const PLACES: Partial<Record<string, readonly string[]>> = {
  vehicle: ['vehicles'],
  'contact.workAddress': ['contact', 'address']
}

function splitAtLast(path: string): [string, string] {
  const at = path.lastIndexOf('.')
  return [path.slice(0, Math.max(at, 0)), path.slice(at + 1)]
}

export function memberOf(
  body: Record<string, unknown>,
  names: readonly string[]
): Record<string, unknown> {
  let holder = body
  for (const name of names) {
    const before = holder[name]
    const held: unknown = Array.isArray(before) ? before[0] : before
    const isHeld = typeof held === 'object' && held !== null
    const next: Record<string, unknown> = isHeld ? (held as Record<string, unknown>) : {}
    if (!isHeld) setOwn(holder, name, next)
    holder = next
  }
  return holder
}

/** Adds to a list, and returns the index there. */
function addTo(holder: Record<string, unknown>, name: string, text: unknown): number {
  const before = holder[name]
  const list = Array.isArray(before) ? (before as unknown[]) : []
  holder[name] = [...list, text]
  return list.length
}
