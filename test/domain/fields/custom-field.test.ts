import t from 'tap'

import {
  changedFieldFaults,
  customFieldFault,
  customFieldFaults
} from '../../../src/domain/fields/custom-field.ts'
import type { CustomFieldType } from '../../../src/domain/fields/custom-field.ts'
import { fieldKeys } from '../../../src/domain/fields/search-keys.ts'
import { valueParsers } from '../../../src/schemas/fields/custom-field.ts'
import { fieldMessageOf } from '../../../src/wording/reasons.ts'

const READING = valueParsers('PL')
const OPTIONS = ['red', 'blue']

void t.test('a value fits the type of its field', async (t) => {
  const GOOD: [CustomFieldType, unknown][] = [
    ['text', 'Any'],
    ['number', 0],
    ['number', -1.5],
    ['boolean', false],
    ['date', '2024-02-29'],
    ['option', 'red'],
    ['options', ['blue', 'red']],
    ['url', 'https://dealer.example/a?b=1'],
    ['email', 'lukasz@example.pl'],
    ['phone', '601 234 567']
  ]
  const BAD: [CustomFieldType, unknown][] = [
    ['text', 1],
    ['text', 'x'.repeat(5_001)],
    ['number', '1'],
    ['number', Number.POSITIVE_INFINITY],
    ['boolean', 'true'],
    ['date', '2026-02-29'],
    ['date', '2026-2-1'],
    ['date', '2026-02-01T00:00:00Z'],
    ['date', 20260201],
    ['option', 'Red'],
    ['option', ['red']],
    ['options', 'red'],
    ['options', ['red', 'red']],
    ['options', ['green']],
    ['options', [1]],
    ['url', 'javascript:alert(1)'],
    ['url', 'ftp://a.example'],
    ['url', 'dealer.example'],
    ['url', 'https://a.example/\nx'],
    ['url', 'https://me:secret@a.example'],
    ['email', 'nobody'],
    ['email', {}],
    ['phone', '12'],
    ['phone', 601234567]
  ]
  for (const [type, value] of GOOD) {
    t.equal(customFieldFault({ type, options: OPTIONS }, value, READING), null, type)
  }
  for (const [type, value] of BAD) {
    const fault = customFieldFault({ type, options: OPTIONS }, value, READING)
    t.match(
      fault && fieldMessageOf(fault),
      /^must be /,
      `${type} ${JSON.stringify(value).slice(0, 40)}`
    )
  }
})

void t.test('faults of a record, and of a change', async (t) => {
  const field = { type: 'text' as const, options: [], required: false }
  const fields = [
    { ...field, key: 'must', required: true },
    { ...field, key: 'may' },
    { ...field, key: 'constructor' }
  ]
  const keysOf = (faults: { key: string }[]) => faults.map(({ key }) => key)
  const of = (values: object) => keysOf(customFieldFaults(fields, { ...values }, READING))
  t.strictSame(of({ must: 'x', other: { any: 'thing' } }), [])
  t.strictSame(of({}), ['must'])
  t.strictSame(of({ must: ' ' }), ['must'], 'blank is nothing')
  t.strictSame(of({ must: 'x', may: null, constructor: '' }), [])
  t.strictSame(of({ must: 1, may: 1 }), ['must', 'may'])
  const change = (before: object, after: object) =>
    keysOf(changedFieldFaults(fields, { ...before }, { ...after }, READING))
  t.strictSame(change({ may: 1 }, { may: 1 }), [], 'what was there before stands in nobody’s way')
  t.strictSame(change({ may: 1 }, { may: 2 }), ['may'])
  t.strictSame(change({ must: 'x' }, {}), ['must'])
  t.strictSame(change({ may: 1 }, {}), [], 'a bad one may go')
  t.strictSame(change({}, { may: 'x' }), [], 'nor what was missing before')
})

void t.test('records are found by the values of searchable fields', async (t) => {
  const keys = (value: unknown) => fieldKeys([{ key: 'a' }], { a: value, b: 'unsearched' })
  t.strictSame(keys('Żółty Kot'), ['f:zolty', 'f:kot'])
  t.strictSame(keys('AB-12'), ['f:ab12', 'f:ab', 'f:12'])
  t.strictSame(keys(4711), ['f:4711'])
  t.strictSame(keys(['red', 'deep blue']), ['f:red', 'f:deep', 'f:blue'])
  t.strictSame(keys('+48 601'), ['f:48601', 'f:48', 'f:601'], 'a short code is found whole too')
  for (const none of [null, undefined, true, {}, '', ' - ', [[]]]) t.strictSame(keys(none), [])
  const many = keys(Array.from({ length: 500 }, (_, index) => `word${index}`))
  t.equal(many.length, 8, 'so many of a value, and no more')
  t.equal(keys('x'.repeat(500))[0]?.length, 42)
  const fields = Array.from({ length: 100 }, (_, index) => ({ key: `k${index}` }))
  const values = Object.fromEntries(fields.map(({ key }) => [key, `value${key}`]))
  t.equal(fieldKeys(fields, values).length, 24, 'nor of a record')
})
