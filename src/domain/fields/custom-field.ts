import type { ValueCode } from '../reasons/import-reasons.ts'
import { because } from '../reasons/reasons.ts'
import type { Reason } from '../reasons/reasons.ts'

export const CUSTOM_FIELD_TARGETS = ['lead', 'client'] as const
export type CustomFieldTarget = (typeof CUSTOM_FIELD_TARGETS)[number]

/** `option`: one of a list; `options`: any number of it. A `date` is an ISO 8601 day. */
export const CUSTOM_FIELD_TYPES = [
  'text',
  'number',
  'boolean',
  'date',
  'option',
  'options',
  'url',
  'email',
  'phone'
] as const
export type CustomFieldType = (typeof CUSTOM_FIELD_TYPES)[number]

/** The definition of a custom field. */
export interface CustomField {
  id: string
  target: CustomFieldTarget
  /** The member's name in `customFields`; never changes. */
  key: string
  label: string
  type: CustomFieldType
  options: string[]
  required: boolean
  searchable: boolean
  position: number
  version: number
  createdAt: Date
  updatedAt: Date
}

/** Recognises addresses and numbers; the caller supplies the rules for contacts. */
export interface ValueParsers {
  /** ISO 3166-1 alpha-2: where days of numbers alone are written. */
  country: string
  isEmail: (text: string) => boolean
  isPhone: (text: string) => boolean
}

/** One value that its field can't hold, or a field that must have one and has none. */
export interface CustomFieldFault {
  key: string
  reason: Reason<ValueCode>
}

type Definition = Pick<CustomField, 'key' | 'type' | 'options' | 'required'>

/** How long a text can be: a page or two. */
const MAX_TEXT = 5_000
const MAX_URL = 2_000

/** The fault of a value for this field, or null. */
export function customFieldFault(
  field: Pick<Definition, 'type' | 'options'>,
  value: unknown,
  parsers: ValueParsers
): Reason<ValueCode> | null {
  switch (field.type) {
    case 'text':
      return isText(value, MAX_TEXT) ? null : because('not_text', { limit: MAX_TEXT })
    case 'number':
      return Number.isFinite(value) ? null : because('not_number')
    case 'boolean':
      return typeof value === 'boolean' ? null : because('not_boolean')
    case 'date':
      return isText(value, 10) && isDay(value) ? null : because('not_day')
    case 'option':
      return isOption(field, value) ? null : because('not_option')
    case 'options':
      return areOptions(field, value) ? null : because('not_options')
    case 'url':
      return isText(value, MAX_URL) && isWebAddress(value) ? null : because('not_url')
    case 'email':
      return isText(value, MAX_TEXT) && parsers.isEmail(value) ? null : because('not_email')
    case 'phone':
      return isText(value, MAX_TEXT) && parsers.isPhone(value) ? null : because('not_phone')
  }
}

/** The faults of a definition whose parts contradict each other. */
export function findDefinitionFaults({
  type,
  options,
  searchable
}: Pick<CustomField, 'type' | 'options' | 'searchable'>): { pointer: string; message: string }[] {
  const faults = []
  if (hasOptions(type) && options.length === 0) {
    faults.push({ pointer: '/options', message: 'must name at least one' })
  }
  if (!hasOptions(type) && options.length > 0) {
    faults.push({ pointer: '/options', message: 'are not for this type' })
  }
  if (searchable && !isSearchableType(type)) {
    faults.push({ pointer: '/searchable', message: 'is not for this type' })
  }
  return faults
}

/** All that is wrong with the values of a record: what is not defined may hold anything. */
export function customFieldFaults(
  fields: readonly Definition[],
  values: Readonly<Record<string, unknown>>,
  parsers: ValueParsers
): CustomFieldFault[] {
  return fields.flatMap((field) => {
    const reason = faultOf(field, valueOf(values, field.key), parsers)
    return reason === null ? [] : [{ key: field.key, reason }]
  })
}

/**
 * What is wrong with a change of values. Only changed values are checked, so that values older than
 * the definition do not block other changes.
 */
export function changedFieldFaults(
  fields: readonly Definition[],
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  parsers: ValueParsers
): CustomFieldFault[] {
  const changed = fields.filter(({ key }) => !isSame(valueOf(before, key), valueOf(after, key)))
  return customFieldFaults(changed, after, parsers)
}

function faultOf(
  field: Definition,
  value: unknown,
  parsers: ValueParsers
): Reason<ValueCode> | null {
  if (isBlank(value)) return field.required ? because('required') : null
  return customFieldFault(field, value, parsers)
}

/** Whether a field holds nothing: then it can be filled, and is missing where it is required. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  return Array.isArray(value) && value.length === 0
}

/** Only a record's own members: a field may be called `constructor`. */
function valueOf(values: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(values, key) ? values[key] : undefined
}

function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length <= maxLength
}

/** Whether this is a day of the calendar in ISO 8601: February has no thirtieth. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

function isOption({ options }: Pick<Definition, 'options'>, value: unknown): boolean {
  return typeof value === 'string' && options.includes(value)
}

function areOptions(field: Pick<Definition, 'options'>, value: unknown): boolean {
  return (
    Array.isArray(value) &&
    new Set(value).size === value.length &&
    value.every((one) => isOption(field, one))
  )
}

/** An address that is safe to link: no script, no file, no password in it. */
export function isWebAddress(text: string): boolean {
  const url = /^\S+$/.test(text) && URL.canParse(text) ? new URL(text) : null
  return (
    url !== null &&
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.username === '' &&
    url.password === ''
  )
}

/** Whether two values are the same as JSON; what fields can hold has no members to reorder. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Whether fields of this type name their values one by one. */
function hasOptions(type: CustomFieldType): boolean {
  return type === 'option' || type === 'options'
}

/** Whether a search could find anything by values of this type. */
function isSearchableType(type: CustomFieldType): boolean {
  return type !== 'boolean'
}
