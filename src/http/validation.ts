import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ErrorObject, FuncKeywordDefinition, ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifySchemaCompiler } from 'fastify'

import { cleanText } from '../domain/text/clean-text.ts'
import { escapePointer } from '../domain/text/json-pointer.ts'
import { TIDY } from '../schemas/unique-name.ts'
import { TEXT_FORM, TEXT_FORMS } from '../schemas/text-forms.ts'
import type { TextForm } from '../schemas/text-forms.ts'
import type { FieldError } from './problems.ts'
import { pointerIn } from './request-parts.ts'
import type { RequestPart } from './request-parts.ts'
import { messageOf } from './schema-messages.ts'

/** The number of faults in one response: a hostile body could have thousands. */
const MAX_ERRORS = 50

/** The findings that these faults are taken from: each is compared with the others. */
const MAX_COMPARED = 500

/** The length of an example in a message, in characters. */
const MAX_EXAMPLE = 60

/**
 * Compiles a route's schemas. Bodies are taken as they are: nothing is converted, dropped or filled
 * in, because a lead that was quietly changed is a lead that was lost; only blanks in unique names are
 * cut. Parameters, which can only be text, are converted to the types their schemas name. Each is
 * compiled for the first request that needs it: with some two hundred operations, starting would wait
 * for all of them. Equal schemas share what is compiled.
 */
export function createValidatorCompiler(
  sharedSchemas: readonly object[]
): FastifySchemaCompiler<object> {
  const strict = compilingOnce(createAjv(sharedSchemas, { coerceTypes: false, useDefaults: false }))
  const converting = compilingOnce(
    createAjv(sharedSchemas, { coerceTypes: true, useDefaults: true })
  )
  return ({ schema, httpPart }) => {
    const compileSchema = httpPart === 'body' ? strict : converting
    let compiled: ValidateFunction | undefined
    // Fastify looks for the faults on the function it called, as Ajv leaves them.
    const validate: WhenNeeded = (data) => {
      compiled ??= compileSchema(schema)
      const isValid = compiled(data)
      validate.errors = compiled.errors ?? null
      return isValid
    }
    return validate
  }
}

function compilingOnce(ajv: Ajv2020): (schema: object) => ValidateFunction {
  const made = new Map<string, ValidateFunction>()
  return (schema) => {
    const text = JSON.stringify(schema)
    const compiled = made.get(text) ?? ajv.compile(schema)
    made.set(text, compiled)
    return compiled
  }
}

interface WhenNeeded {
  (data: unknown): boolean
  errors?: ErrorObject[] | null
}

function createAjv(
  sharedSchemas: readonly object[],
  options: { coerceTypes: boolean; useDefaults: boolean }
): Ajv2020 {
  const ajv = new Ajv2020({
    ...options,
    removeAdditional: false,
    allErrors: true,
    // A fault tells a day that does not exist from a text that is no day.
    verbose: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
    // Annotations of OpenAPI, which say nothing to a validator.
    keywords: ['example', 'x-enumDescriptions', 'x-named', 'x-words', 'x-several', 'x-day']
  })
  addFormats.default(ajv)
  ajv.addKeyword({
    keyword: TEXT_FORM,
    type: 'string',
    schemaType: 'string',
    validate: (form: TextForm, text: string) => TEXT_FORMS[form].fits(text)
  })
  ajv.addKeyword(TIDYING)
  for (const schema of sharedSchemas) ajv.addSchema(schema)
  return ajv
}

/** Replaces a name by itself without blanks at its ends, in runs, or that are invisible. */
const TIDYING: FuncKeywordDefinition = {
  keyword: TIDY,
  type: 'string',
  schemaType: 'boolean',
  modifying: true,
  errors: false,
  validate: (_: boolean, name: string, _schema, place) => {
    const tidy = cleanText(name)
    if (place) Object.assign(place.parentData, { [place.parentDataProperty]: tidy })
    return tidy !== ''
  }
}

/** The name of the unknown member that Ajv found, or null: it found another fault. */
export function unknownMemberOf({ params }: ErrorObject): string | null {
  const { additionalProperty, unevaluatedProperty } = params as Record<string, unknown>
  const name = additionalProperty ?? unevaluatedProperty
  return typeof name === 'string' ? name : null
}

/** Ajv's findings in one part of a request, as pointers and sentences a sender can act on. */
export function describeErrors(
  all: readonly ErrorObject[],
  part: RequestPart = 'body'
): FieldError[] {
  const errors = all.slice(0, MAX_COMPARED)
  const nullable = new Set(errors.filter(isNullBranch).map(({ instancePath }) => instancePath))
  const faults = errors.filter((error) => isFault(error) && !isToldBetter(error, errors))
  const described = faults.map((error) => {
    const one = describeError(error, part, nullable.has(error.instancePath))
    return isRepeated(error, part) ? one : { ...one, ...alternatives(error, errors) }
  })
  const unique = new Map(described.map((error) => [`${error.pointer} ${error.message}`, error]))
  return [...unique.values()].slice(0, MAX_ERRORS)
}

/** Of a value that may have one of several forms, one message names them all. */
function alternatives(
  error: ErrorObject,
  errors: readonly ErrorObject[]
): Pick<FieldError, 'message'> | null {
  const { instancePath, keyword, params, data } = error
  const isOfDays = keyword === 'format' && ['date', 'date-time'].includes(String(params.format))
  if (isOfDays && isMissingDay(data)) return { message: 'is not an existing date' }
  const choice = errors.find(
    (other) =>
      other.keyword === 'anyOf' && other.instancePath === instancePath && isWithin(error, other)
  )
  if (!choice) return null
  const own = errors.filter(
    (other) => isFault(other) && other.instancePath === instancePath && isWithin(other, choice)
  )
  const [first = '', ...others] = new Set(own.map((other) => messageOf(other)))
  const areForms = own.every((other) => FORMS.has(other.keyword))
  if (others.length === 0 || !areForms) return null
  return {
    message: [first, ...others.map((text) => `or ${text.replace(/^must be /, '')}`)].join(', ')
  }
}

/** Keywords of what a value is, of which one is enough. */
const FORMS = new Set(['type', 'enum', 'const', 'format', 'pattern'])

function isWithin({ schemaPath }: ErrorObject, choice: ErrorObject): boolean {
  return schemaPath.startsWith(`${choice.schemaPath}/`)
}

/** Whether a text is a day, or a time on a day, that the calendar does not have, such as 2026-11-31. */
function isMissingDay(data: unknown): boolean {
  const [, day] = typeof data === 'string' ? (/^(\d{4}-\d\d-\d\d)(?:$|T)/i.exec(data) ?? []) : []
  if (day === undefined) return false
  const time = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(day)
}

/**
 * Whether an error says something that no other says better: those of a nullable object's other
 * branch, or the one about the name of a member.
 */
export function isFault(error: ErrorObject): boolean {
  return error.keyword !== 'anyOf' && !isNullBranch(error) && error.propertyName === undefined
}

/** A text that is blank or too long has no form either: that says nothing more. */
function isToldBetter({ keyword, instancePath }: ErrorObject, errors: readonly ErrorObject[]) {
  return (
    keyword === TEXT_FORM &&
    errors.some((other) => other.keyword !== TEXT_FORM && other.instancePath === instancePath)
  )
}

function isNullBranch(error: ErrorObject): boolean {
  return error.keyword === 'type' && (error.params as { type: unknown }).type === 'null'
}

function describeError(error: ErrorObject, part: RequestPart, mayBeNull: boolean): FieldError {
  const pointer = pointerIn(part, `${error.instancePath}${memberOf(error)}`)
  if (isRepeated(error, part)) return { pointer, message: 'must be given once' }
  if (error.keyword === TEXT_FORM) {
    return { pointer, message: TEXT_FORMS[error.schema as TextForm].message }
  }
  const isUnknown = part === 'querystring' && unknownMemberOf(error) !== null
  return {
    pointer,
    message: isUnknown
      ? 'is not a known parameter'
      : messageOf(error, mayBeNull) + shortExample(error)
  }
}

/** A short object is shown, because its name tells nothing of its members: an amount is no plain number. */
function shortExample({ keyword, params, parentSchema }: ErrorObject): string {
  const { examples } = (parentSchema ?? {}) as { examples?: unknown[] }
  if (keyword !== 'type' || params.type !== 'object' || !examples) return ''
  const text = JSON.stringify(examples[0])
  return text.length > MAX_EXAMPLE ? '' : `, such as ${text}`
}

/** Parameters are text until they are repeated: then they are a list. */
function isRepeated({ keyword, params }: ErrorObject, part: RequestPart): boolean {
  return part === 'querystring' && keyword === 'type' && params.type === 'string'
}

/** The member that an error of an object is about, as the end of a pointer. */
function memberOf(error: ErrorObject): string {
  const { missingProperty, propertyName } = error.params as Record<string, unknown>
  const name = unknownMemberOf(error) ?? missingProperty ?? propertyName
  return typeof name === 'string' ? `/${escapePointer(name)}` : ''
}

/**
 * Finds text that PostgreSQL can't store: NUL, and halves of surrogate pairs. Such a body is
 * well-formed JSON, so it is readable but wrong.
 */
export function findUnstorableText(value: unknown, pointer = ''): FieldError[] {
  if (typeof value === 'string') {
    if (value.includes('\u0000')) return [{ pointer, message: 'must not hold a NUL character' }]
    return value.isWellFormed() ? [] : [{ pointer, message: 'must be well-formed Unicode' }]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const at = `${pointer}/${escapePointer(name)}`
    return findUnstorableText(name, at).concat(findUnstorableText(member, at))
  })
}
