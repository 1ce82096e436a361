import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ErrorObject, ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifySchemaCompiler } from 'fastify'

import type { FieldError } from './problems.ts'

/** How many faults one answer names; a hostile body could hold thousands. */
const MAX_ERRORS = 50

/**
 * Compiles a route's schemas. Bodies are taken as they are: nothing is converted, dropped or filled
 * in, because a lead that was quietly changed is a lead that was lost. Parameters, which can only be
 * text, are converted to the types their schemas name. Each is compiled for the first request that
 * needs it: with some two hundred operations, starting would wait for all of them.
 */
export function createValidatorCompiler(
  sharedSchemas: readonly object[]
): FastifySchemaCompiler<object> {
  const strict = createAjv(sharedSchemas, { coerceTypes: false, useDefaults: false })
  const converting = createAjv(sharedSchemas, { coerceTypes: true, useDefaults: true })
  return ({ schema, httpPart }) => {
    const ajv = httpPart === 'body' ? strict : converting
    let compiled: ValidateFunction | undefined
    // Fastify looks for the faults on the function it called, as Ajv leaves them.
    const validate: WhenNeeded = (data) => {
      compiled ??= ajv.compile(schema)
      const isValid = compiled(data)
      validate.errors = compiled.errors ?? null
      return isValid
    }
    return validate
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
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
    // Annotations of OpenAPI, which say nothing to a validator.
    keywords: ['example', 'x-enumDescriptions']
  })
  addFormats.default(ajv)
  for (const schema of sharedSchemas) ajv.addSchema(schema)
  return ajv
}

/** Ajv's findings as pointers and sentences a sender can act on. */
export function describeErrors(errors: readonly ErrorObject[]): FieldError[] {
  const described = errors
    // The branch of a nullable object that wanted null adds nothing to what the other found.
    .filter((error) => error.keyword !== 'anyOf' && !isNullBranch(error))
    .map(describeError)
  const unique = new Map(described.map((error) => [`${error.pointer} ${error.message}`, error]))
  return [...unique.values()].slice(0, MAX_ERRORS)
}

function isNullBranch(error: ErrorObject): boolean {
  return error.keyword === 'type' && (error.params as { type: unknown }).type === 'null'
}

function describeError({ keyword, instancePath, params, message }: ErrorObject): FieldError {
  const named = params as Record<string, unknown>
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return {
        pointer: `${instancePath}/${escapePointer(String(named.additionalProperty ?? named.unevaluatedProperty))}`,
        message: 'is not a known field'
      }
    case 'required':
      return {
        pointer: `${instancePath}/${escapePointer(String(named.missingProperty))}`,
        message: 'is required'
      }
    case 'enum':
      return {
        pointer: instancePath,
        message: `must be one of ${(named.allowedValues as unknown[]).join(', ')}`
      }
    default:
      return { pointer: instancePath, message: message ?? 'is wrong' }
  }
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
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
