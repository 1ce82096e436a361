import { CONTACT_CHANNELS } from '../leads/lead.ts'
import type { ComparedKind } from '../rules/lead-fields.ts'
import type { ValueCode } from '../reasons/import-reasons.ts'
import { because } from '../reasons/reasons.ts'
import type { Reason } from '../reasons/reasons.ts'
import { customFieldFault } from './custom-field.ts'
import type { CustomField, CustomFieldType, ValueParsers } from './custom-field.ts'
import type { MappedValue } from './field-mapping.ts'

/** How addresses and numbers are recognised, and in which form they are kept. */
export interface MappingParsers extends ValueParsers {
  email: (text: string) => string
  phone: (text: string) => string
}

/** The type of a field of a client, an account or an opportunity; `any` accepts every value. */
export interface MappingTarget {
  type: CustomFieldType | 'any'
  options: readonly string[]
  maxLength?: number
  pattern?: RegExp
  isMoney?: boolean
}

const text = (maxLength: number): MappingTarget => ({ type: 'text', options: [], maxLength })
const of = (type: CustomFieldType): MappingTarget => ({ type, options: [] })

/** The fields a mapping may fill, beside `client.customFields.*`. */
const TARGETS: Record<string, MappingTarget> = {
  'client.description': text(20_000),
  'client.contact.companyName': text(200),
  'client.contact.language': {
    ...text(35),
    pattern: /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/
  },
  'client.contact.preferredChannel': { type: 'option', options: CONTACT_CHANNELS },
  'account.name': text(200),
  'account.email': of('email'),
  'account.phone': of('phone'),
  'account.website': of('url'),
  'account.taxNumber': text(40),
  'account.description': text(20_000),
  'opportunity.name': text(200),
  'opportunity.description': text(20_000),
  'opportunity.amount': { ...of('number'), isMoney: true },
  'opportunity.expectedClose': of('date')
}

/** Names of the targets that are always there; beside them `client.customFields.*`. */
export const MAPPING_TARGETS: readonly string[] = Object.keys(TARGETS)

export const CUSTOM_TARGET = 'client.customFields.'

/** The names of all targets, for people to read. */
export const KNOWN_TARGETS: readonly string[] = [...MAPPING_TARGETS, `${CUSTOM_TARGET}*`]

/** The target of this name, or null if there is none. Undefined custom fields accept every value. */
export function findTarget(
  to: string,
  clientFields: readonly Pick<CustomField, 'key' | 'type' | 'options'>[]
): MappingTarget | null {
  if (Object.hasOwn(TARGETS, to)) return TARGETS[to] ?? null
  if (!to.startsWith(CUSTOM_TARGET) || to.length === CUSTOM_TARGET.length) return null
  const key = to.slice(CUSTOM_TARGET.length)
  return clientFields.find((field) => field.key === key) ?? { type: 'any', options: [] }
}

/** The kinds of lead field that can fill a target of each type; single values may still not fit. */
const FITTING: Record<MappingTarget['type'], readonly ComparedKind[]> = {
  text: ['text', 'number', 'time', 'any'],
  option: ['text', 'number', 'any'],
  options: ['text', 'number', 'any'],
  url: ['text', 'any'],
  email: ['text', 'any'],
  phone: ['text', 'any'],
  date: ['text', 'any'],
  number: ['number', 'any'],
  boolean: ['flag', 'any'],
  any: ['text', 'number', 'flag', 'time', 'any']
}

export function fitsTarget(kind: ComparedKind, { type }: MappingTarget): boolean {
  return FITTING[type].includes(kind)
}

/** The values a lead has, in the form the target keeps: the first, or all where it holds several. */
export function shapeValues(
  target: MappingTarget,
  values: readonly (string | number | boolean)[],
  parsers: MappingParsers
): MappedValue | null {
  if (target.type === 'options') return [...new Set(values.map(String))]
  const [value] = values
  return value === undefined ? null : shapeValue(target, value, parsers)
}

const NUMERIC = /^[+-]?\d{1,15}(\.\d+)?$/

function shapeValue(
  { type }: MappingTarget,
  value: string | number | boolean,
  parsers: MappingParsers
): MappedValue {
  if (typeof value === 'boolean') return value
  switch (type) {
    case 'text':
    case 'option':
    case 'url':
      return String(value)
    case 'email':
      return parsers.email(String(value))
    case 'phone':
      return parsers.phone(String(value))
    // Forms send numbers as text, and a time with its day.
    case 'number':
      return typeof value === 'string' && NUMERIC.test(value.trim()) ? Number(value) : value
    case 'date':
      return typeof value === 'string' ? (value.split('T', 1)[0] ?? value) : value
    case 'boolean':
    case 'options':
    case 'any':
      return value
  }
}

/** Up to two decimals and twelve digits before them are what an amount can have. */
const MAX_AMOUNT = 10 ** 12

/** The fault of a value for this target, or null. */
export function targetFault(
  target: MappingTarget,
  value: unknown,
  parsers: ValueParsers
): Reason<ValueCode> | null {
  const { type, options, maxLength, pattern, isMoney } = target
  if (type === 'any') return null
  if (maxLength !== undefined) {
    const isText = typeof value === 'string' && value.length <= maxLength
    if (!isText) return because('not_text', { limit: maxLength })
    return pattern?.test(value) === false ? because('not_language') : null
  }
  if (isMoney === true && typeof value === 'number' && Math.abs(value) >= MAX_AMOUNT) {
    return because('too_many_digits', { limit: 12 })
  }
  return customFieldFault({ type, options: [...options] }, value, parsers)
}
