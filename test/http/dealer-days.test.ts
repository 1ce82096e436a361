import { readFile } from 'node:fs/promises'

import t from 'tap'

import { sharedTestApp } from '../support/app.ts'

interface Parameter {
  name: string
  in: string
  schema: { format?: string; anyOf?: { format?: string }[] }
}

void t.test('a day in a filter is one of the dealer’s zone', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()

  await t.test('in every filter by time', async (t) => {
    const text = await readFile(new URL('../../openapi/openapi.json', import.meta.url), 'utf8')
    const { paths } = JSON.parse(text) as {
      paths: Record<string, { get?: { parameters?: Parameter[] } }>
    }
    const times = Object.entries(paths).flatMap(([path, { get }]) =>
      (get?.parameters ?? [])
        .filter(({ name, in: part }) => part === 'query' && /(From|To)$/.test(name))
        .map(({ name, schema }) => ({ at: `${path}?${name}`, schema }))
    )
    t.ok(times.length > 20)
    for (const { at, schema } of times) {
      t.strictSame(schema.anyOf, [{ format: 'date-time' }, { format: 'date' }], at)
    }
  })

  await t.test('from its beginning, until its end', async (t) => {
    // The zone of a test dealer is that of Warsaw.
    const call = { type: 'call', dueAt: '2026-11-21T23:30:00Z' }
    const { id } = (await admin('POST', '/v1/activities', call)).body
    const found = async (query: string) =>
      (await admin('GET', `/v1/activities?${query}`)).body.data.map((one) => one.id)
    t.strictSame(await found('dueFrom=2026-11-22'), [id])
    t.strictSame(await found('dueFrom=2026-11-22&dueTo=2026-11-22'), [id])
    t.strictSame(await found('dueTo=2026-11-21'), [])
    t.strictSame(await found('dueTo=2026-11-22T00:00:00Z'), [id])
    for (const path of ['clients', 'accounts', 'opportunities', 'events', 'sales']) {
      const name = path === 'sales' ? 'sold' : 'created'
      const url = `/v1/${path}?${name}From=2026-11-21&${name}To=2026-11-21`
      t.equal((await admin('GET', url)).status, 200, url)
    }
  })

  await t.test('422 for a day that the calendar does not have', async (t) => {
    for (const query of [
      'leads?createdFrom=2026-11-31',
      'events?createdTo=2026-02-30T10:00:00Z',
      'clients?createdFrom=2026-13-01',
      'reports/team?from=2026-11-31&to=2026-12-01'
    ]) {
      const { status, problem } = await admin('GET', `/v1/${query}`)
      t.equal(status, 422)
      t.strictSame(
        problem.errors?.map(({ message }) => message),
        ['is not an existing date'],
        query
      )
    }
  })

  await t.test('422 with one message that names both forms', async (t) => {
    for (const query of ['leads?createdFrom=soon', 'events?createdTo=21.11.2026']) {
      const { status, problem } = await admin('GET', `/v1/${query}`)
      t.equal(status, 422)
      t.equal(problem.errors?.length, 1)
      t.match(
        problem.errors?.[0]?.message,
        /^must be a time with its zone, .*, or a date, such as /
      )
    }
  })
})

void t.test('a list without a word is refused', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  for (const query of ['status=,', 'statusGroup=,', 'assignee=%20', 'source=,,']) {
    const { status, problem } = await admin('GET', `/v1/leads?${query}`)
    t.equal(status, 422, query)
    t.strictSame(
      problem.errors?.map(({ message }) => message),
      ['must not be blank']
    )
  }
})
