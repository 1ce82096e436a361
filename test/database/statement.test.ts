import t from 'tap'

import { statement } from '../../src/database/statement.ts'

void t.test('each parameter becomes a number, cast to its type, with its value', (t) => {
  const named = statement(
    'test-named',
    { ids: 'uuid[]', at: 'timestamptz?', content: 'jsonb', facts: 'jsonb?' },
    `update leads set content = :content, facts = :facts, updated_at = coalesce(:at, now())
     where dealer_id = :dealerId and id = any (:ids) and updated_at < :at`
  )
  const values = { dealerId: 'd', ids: ['a', 'b'], at: null, content: ['x'], facts: null }

  t.strictSame(named.with(values), {
    name: 'test-named',
    text: `update leads set content = $1::jsonb, facts = $2::jsonb, updated_at = coalesce($3::timestamptz, now())
     where dealer_id = $4::uuid and id = any ($5::uuid[]) and updated_at < $3::timestamptz`,
    values: ['["x"]', null, null, 'd', ['a', 'b']]
  })
  t.end()
})

void t.test('JSON null is a value, unless the parameter may be null', (t) => {
  const one = statement('test-null', { content: 'jsonb' }, 'select :content')
  t.strictSame(one.with({ content: null }).values, ['null'])
  t.end()
})

void t.test('text that only looks like a parameter is left as it is', (t) => {
  const text = [
    "select 'it''s :quoted', \":named\",",
    "-- :comment, 'unclosed",
    "/* :comment, 'unclosed */",
    "'1'::text, (array[1, 2])[1:2], "
  ].join('\n')
  const one = statement('test-colons', { real: 'text' }, `${text}:real`)
  t.equal(one.with({ real: 'x' }).text, `${text}$1::text`)
  t.end()
})

void t.test('a text and its types name the same parameters', (t) => {
  const cases = [
    ['a parameter without a type', {}, 'select :other', /:other has no type/],
    ['a name that every object has', {}, 'select :constructor', /:constructor has no type/],
    ['a type without a parameter', { ids: 'uuid[]' }, 'select 1', /:ids is not in the text/],
    ['a parameter by number', {}, 'select $1', /no name/]
  ] as const
  for (const [title, types, text, message] of cases) {
    t.throws(() => statement('test-fault', types, text), { message }, title)
  }
  t.end()
})

void t.test('a name belongs to one text', (t) => {
  statement('test-once', {}, 'select 1')
  t.doesNotThrow(() => statement('test-once', {}, 'select 1'), 'the same statement again')
  t.throws(() => statement('test-once', {}, 'select 2'), { message: /another text has this name/ })
  t.throws(() => statement('x'.repeat(64), {}, 'select 1'), { message: /too long/ })
  t.end()
})

void t.test('a parameter without a value is refused', (t) => {
  const one = statement('test-missing', { id: 'uuid', name: 'text?' }, 'select :id, :name')
  // @ts-expect-error A parameter is missing.
  t.throws(() => one.with({ id: 'a' }), { message: /:name has no value/ })
  // @ts-expect-error This one may not be null.
  one.with({ id: null, name: null })
  // @ts-expect-error A parameter that the text does not have.
  one.with({ id: 'a', name: null, other: 1 })
  t.end()
})
