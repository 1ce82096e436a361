import { readFileSync } from 'node:fs'
import t from 'tap'

import {
  FORMAT_MESSAGES,
  MESSAGES,
  PATTERN_MESSAGES,
  messageOf
} from '../../src/http/schema-messages.ts'
import { describeErrors } from '../../src/http/validation.ts'
import { sharedTestApp } from '../support/app.ts'
import { first } from '../support/must.ts'
import type { Method } from '../support/response.ts'

/** Keywords that say what a schema is, or whose branches have the errors. */
const SILENT = new Set(
  '$ref items properties description examples example title default anyOf maxContains'.split(' ')
)

void t.test('every keyword, format and pattern of the contract has a sentence', (t) => {
  const document = JSON.parse(readFileSync('openapi/openapi.json', 'utf8')) as {
    components: { schemas: object }
    paths: Record<string, Record<string, { parameters?: { schema: object }[] }>>
  }
  const parameters = Object.values(document.paths)
    .flatMap((path) => Object.values(path))
    .flatMap((operation) => operation.parameters ?? [])
  const schemas = [
    ...Object.values(document.components.schemas),
    ...parameters.map(({ schema }) => schema)
  ]
  const unknown = new Set(schemas.flatMap(wordless))
  t.strictSame([...unknown], [])
  t.end()
})

/** What of a schema and those within it has no sentence. */
function wordless(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === 'properties') return Object.values(value as object).flatMap(wordless)
    if (['items', 'anyOf', 'oneOf', 'not'].includes(keyword)) {
      return [value as unknown].flat().flatMap(wordless)
    }
    if (keyword === 'format')
      return String(value) in FORMAT_MESSAGES ? [] : [`format ${String(value)}`]
    if (keyword === 'pattern')
      return String(value) in PATTERN_MESSAGES ? [] : [`pattern ${String(value)}`]
    return keyword in MESSAGES || SILENT.has(keyword) || keyword.startsWith('x-') ? [] : [keyword]
  })
}

void t.test('messages are plain sentences, without names of JSON Schema', (t) => {
  const cases: [string, object, string][] = [
    ['type', { type: ['string', 'null'] }, 'must be text or empty'],
    ['type', { type: 'integer' }, 'must be a whole number'],
    ['type', { type: ['object', 'array', 'null'] }, 'must be an object, a list or empty'],
    ['enum', { allowedValues: ['buy', 'sell', null] }, 'must be empty or one of buy, sell'],
    ['const', { allowedValue: true }, 'must be true'],
    ['minLength', { limit: 1 }, 'must not be blank'],
    ['maxLength', { limit: 200 }, 'must have at most 200 characters'],
    ['minItems', { limit: 1 }, 'must have at least 1 entry'],
    ['minimum', { limit: 1 }, 'must be 1 or more'],
    ['pattern', { pattern: '^[A-Z]{2}$' }, 'must be two capital letters of ISO 3166, such as PL'],
    ['pattern', { pattern: '^unheard-of$' }, 'does not have the documented form'],
    ['unheard-of', {}, 'does not have the documented form']
  ]
  for (const [keyword, params, message] of cases) t.equal(messageOf({ keyword, params }), message)
  t.end()
})

void t.test('an object that may be null is told in one sentence', (t) => {
  const at = { instancePath: '/timeframe', schemaPath: '' }
  const errors = [
    { ...at, keyword: 'type', params: { type: 'object' } },
    { ...at, keyword: 'type', params: { type: 'null' } },
    { ...at, keyword: 'anyOf', params: {} }
  ]
  t.strictSame(describeErrors(errors), [
    { pointer: '/timeframe', message: 'must be an object or empty' }
  ])
  t.end()
})

void t.test('faults point with the names that the caller wrote', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  const errorsOf = async (
    method: Method,
    url: string,
    body?: object,
    headers?: Record<string, string>
  ) => {
    const { status, problem } = await admin(method, url, body, headers)
    t.equal(status, 422)
    return problem.errors
  }
  t.strictSame(await errorsOf('GET', '/v1/leads?limit=many&colour=red'), [
    { pointer: '?colour', message: 'is not a known parameter' },
    { pointer: '?limit', message: 'must be a whole number' }
  ])
  t.strictSame(await errorsOf('GET', '/v1/leads?cursor=nonsense'), [
    { pointer: '?cursor', message: 'is not a cursor of this list' }
  ])
  t.strictSame(await errorsOf('GET', '/v1/leads?q=ann&q=bob'), [
    { pointer: '?q', message: 'must be given once' }
  ])
  const source = { key: 'new', name: 'New', kind: 'website' }
  t.strictSame(
    await errorsOf('POST', '/v1/sources', source, { 'idempotency-key': 'x'.repeat(300) }),
    [{ pointer: 'Idempotency-Key', message: 'must have at most 255 characters' }]
  )
  const { id } = first((await admin('GET', '/v1/sources')).body.data)
  const cost = { amount: '1.00', currency: 'EUR' }
  t.strictSame(await errorsOf('PUT', `/v1/sources/${id}/costs/2026-13`, cost), [
    { pointer: '{month}', message: 'must be a month, such as 2026-11' }
  ])
  const status = first((await admin('GET', '/v1/sale-statuses')).body.data)
  const foreign = `/v1/sale-statuses/${status.id}?replacementId=${id}`
  t.equal(first((await errorsOf('DELETE', foreign)) ?? []).pointer, '?replacementId')
  const { problem } = await admin('GET', '/v1/leads?limit=0')
  t.equal(problem.detail, '?limit must be 1 or more.')
})
