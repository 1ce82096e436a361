import type { ErrorObject } from 'ajv'

import { TIDY } from '../schemas/unique-name.ts'

/**
 * What a broken rule of a schema means, as the end of a sentence that begins with where it is. The
 * keyword and its `params` are Ajv's. `mayBeEmpty`: null is allowed there by another branch.
 */
export function messageOf(
  { keyword, params }: Pick<ErrorObject, 'keyword' | 'params'>,
  mayBeEmpty = false
): string {
  const facts = params as Facts
  return (MESSAGES[keyword] ?? unfit)(facts, mayBeEmpty)
}

/** Ajv's `params` of all keywords that schemas use. */
interface Facts {
  type?: string | string[]
  allowedValues?: unknown[]
  allowedValue?: unknown
  limit?: number
  multipleOf?: number
  format?: string
  pattern?: string
}

type Message = (facts: Facts, mayBeEmpty: boolean) => string

/** By keyword. A keyword that is not here gives `unfit`; a test finds those that schemas use. */
export const MESSAGES: Readonly<Record<string, Message>> = {
  type: ({ type = [] }, mayBeEmpty) => `must be ${joinOr(typeNames(type, mayBeEmpty))}`,
  enum: ({ allowedValues = [] }) => enumMessage(allowedValues),
  const: ({ allowedValue }) => `must be ${valueText(allowedValue)}`,
  required: () => 'is required',
  dependentRequired: () => 'is required here',
  additionalProperties: () => 'is not a known field',
  unevaluatedProperties: () => 'is not a known field',
  propertyNames: () => 'is not a name that is allowed here',
  minProperties: ({ limit = 0 }) => `must have at least ${count(limit, 'field')}`,
  maxProperties: ({ limit = 0 }) => `must have at most ${count(limit, 'field')}`,
  minLength: ({ limit = 0 }) =>
    limit === 1 ? 'must not be blank' : `must have at least ${count(limit, 'character')}`,
  maxLength: ({ limit = 0 }) => `must have at most ${count(limit, 'character')}`,
  pattern: ({ pattern = '' }) => PATTERN_MESSAGES[pattern] ?? unfit(),
  format: ({ format = '' }) => FORMAT_MESSAGES[format] ?? unfit(),
  minimum: ({ limit = 0 }) => `must be ${limit} or more`,
  maximum: ({ limit = 0 }) => `must be ${limit} or less`,
  exclusiveMinimum: ({ limit = 0 }) => `must be more than ${limit}`,
  exclusiveMaximum: ({ limit = 0 }) => `must be less than ${limit}`,
  multipleOf: ({ multipleOf = 1 }) => `must be a multiple of ${multipleOf}`,
  minItems: ({ limit = 0 }) => `must have at least ${count(limit, 'entry', 'entries')}`,
  maxItems: ({ limit = 0 }) => `must have at most ${count(limit, 'entry', 'entries')}`,
  [TIDY]: () => 'must not be blank',
  uniqueItems: () => 'must not have the same entry twice',
  not: () => 'is not allowed here',
  oneOf: () => 'must fit exactly one of the documented forms'
}

/** By `format`. */
export const FORMAT_MESSAGES: Readonly<Record<string, string>> = {
  uuid: 'must be an id, such as 01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e',
  'date-time': 'must be a time with its zone, such as 2026-11-21T18:03:11+01:00',
  date: 'must be a date, such as 2026-11-21',
  uri: 'must be a whole web address, such as https://dealer.example/'
}

/** By the text of the pattern. A test finds those of the contract that are not here. */
export const PATTERN_MESSAGES: Readonly<Record<string, string>> = {
  '\\S': 'must not be blank',
  '^[A-Z]{2}$': 'must be two capital letters of ISO 3166, such as PL',
  '^[A-Z]{3}$': 'must be three capital letters of ISO 4217, such as EUR',
  '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$': 'must be a language tag, such as pl or pt-BR',
  '^-?[0-9]{1,12}(\\.[0-9]{1,4})?$': 'must be decimal text, such as 79900.00',
  '^[0-9]{1,12}(\\.[0-9]{1,2})?$': 'must be decimal text, such as 79900.00',
  '^[0-9]{1,8}(\\.[0-9]{1,2})?$': 'must be decimal text, such as 250.00',
  '^([01][0-9]|2[0-3]):[0-5][0-9]$': 'must be a time of day, such as 08:30',
  '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$': 'must be a time of day, such as 17:30, or 24:00',
  '^20[0-9]{2}-(0[1-9]|1[0-2])$': 'must be a month, such as 2026-11',
  '^20[0-9]{2}-[0-9]{2}-[0-9]{2}$': 'must be a date, such as 2026-11-21',
  '^(19[5-9]|20)[0-9]': 'must be a time from 1950 to 2099',
  '^(19|20|21)': 'must be a date from 1900 to 2199',
  '^[0-9]{4}-?[0-9]{2}-?[0-9]{2}((T| )[0-9]{2}:?[0-9]{2}.{0,20})?$':
    'must be a date or a time, such as 2026-11-21 or 2026-11-21T18:03',
  '^#[0-9a-fA-F]{6}$': 'must be a colour, such as #3366cc',
  '^[a-z0-9]+(-[a-z0-9]+)*$': 'must be small letters and digits joined by hyphens, such as my-site',
  '^[A-Za-z][A-Za-z0-9_]{0,59}$':
    'must begin with a letter and have only letters, digits and _, at most 60',
  '^[A-Za-z0-9][A-Za-z0-9_-]{3,39}$':
    'must have 4 to 40 letters, digits, _ and -, and begin with a letter or digit',
  '^[^\\u0000-\\u001f\\u007f]+$': 'must be one line without control characters',
  '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$':
    'must be an id in small letters, such as 01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e',
  '^(?:[\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af]|(?=[^\\u0000]*[^\\s\\u0000])[^\\u0000]{2,})$':
    'must have at least 2 characters, or one Chinese, Japanese or Korean one, and no NUL character'
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'empty'
}

function typeNames(type: string | string[], mayBeEmpty: boolean): string[] {
  const types = new Set([type].flat().flatMap((names) => names.split(',')))
  if (mayBeEmpty) types.add('null')
  return [...types].map((name) => TYPE_NAMES[name] ?? name)
}

function joinOr(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : value === null ? 'empty' : JSON.stringify(value)
}

/** Null is no word to send: it is told apart from the values. */
function enumMessage(allowed: readonly unknown[]): string {
  const values = allowed.filter((value) => value !== null).map(valueText)
  const isNullable = values.length < allowed.length
  return `must be ${isNullable ? 'empty or ' : ''}one of ${values.join(', ')}`
}

function count(limit: number, one: string, many = `${one}s`): string {
  return `${limit} ${limit === 1 ? one : many}`
}

function unfit(): string {
  return 'does not have the documented form'
}
