import pg from 'pg'
import t from 'tap'

import { reindex } from '../../../../src/use-cases/fields/reindex.ts'
import { createTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { postAdf, postLead } from '../../../support/leads.ts'

const CONTACT = { fullName: 'Ada Lis', email: 'ada@example.com' }

void t.test('custom fields', async (t) => {
  const { createDealer, call, database } = await createTestApp(t)

  await t.test('201 defines a field, which can then be read, changed and deleted', async (t) => {
    const { admin } = await createDealer()
    const created = await define(admin, { type: 'option', options: ['red', 'blue'] })
    t.equal(created.status, 201)
    t.hasStrict(created.body, {
      target: 'lead',
      key: 'a',
      type: 'option',
      options: ['red', 'blue'],
      required: false,
      searchable: false,
      position: 0
    })
    const url = String(created.headers.location)
    t.strictSame((await admin('GET', url)).body, created.body)
    const change = { label: 'Colour', options: ['green'], position: 7 }
    const changed = await admin('PATCH', url, change, { 'if-match': '"1"' })
    t.hasStrict(changed.body, { ...change, version: 2 })
    t.equal((await admin('PATCH', url, {}, { 'if-match': '"1"' })).status, 412)
    t.equal((await define(admin)).body.type, 'urn:leadyard:problem:already-exists')
    t.equal((await define(admin, { target: 'client' })).status, 201, 'clients have their own')
    t.equal((await define(admin, { key: 'b' })).body.position, 8)
    const keys = async (query: string) =>
      (await admin('GET', `/v1/custom-fields?${query}`)).body.data.map(
        ({ target, key }: { target: string; key: string }) => `${target} ${key}`
      )
    t.strictSame(await keys(''), ['client a', 'lead a', 'lead b'])
    t.strictSame(await keys('target=client'), ['client a'])
    const first = await admin('GET', '/v1/custom-fields?limit=2')
    t.strictSame(await keys(`limit=2&cursor=${first.body.nextCursor}`), ['lead b'])
    t.equal((await admin('DELETE', url, undefined, { 'if-match': '"1"' })).status, 412)
    t.equal((await admin('DELETE', url)).status, 204)
    t.equal((await admin('GET', url)).status, 404)
  })

  await t.test('422 names what does not go together; 409 past a hundred', async (t) => {
    const { admin } = await createDealer()
    const pointerOf = async (words: object) => {
      const answer = await define(admin, words)
      t.equal(answer.status, 422)
      return answer.problem.errors?.[0]?.pointer
    }
    t.equal(await pointerOf({ key: '1a' }), '/key')
    t.equal(await pointerOf({ key: 'a-b' }), '/key')
    t.equal(await pointerOf({ type: 'option' }), '/options')
    t.equal(await pointerOf({ options: ['x'] }), '/options')
    t.equal(await pointerOf({ type: 'options', options: ['x', 'x'] }), '/options')
    t.equal(await pointerOf({ type: 'boolean', searchable: true }), '/searchable')
    const { body } = await define(admin)
    const patched = await admin('PATCH', `/v1/custom-fields/${body.id}`, { options: ['x'] })
    t.equal(patched.problem.errors?.[0]?.pointer, '/options')
    for (let index = 1; index < 100; index++) await define(admin, { key: `k${index}` })
    t.equal((await define(admin, { key: 'more' })).status, 409)
    t.equal((await define(admin, { key: 'more', target: 'client' })).status, 201)
  })

  await t.test('leads are refused by field, unless nobody could mend them', async (t) => {
    const { admin, withUser } = await createDealer()
    await define(admin, { key: 'must', required: true })
    await define(admin, { key: 'day', type: 'date' })
    const post = (customFields: object) =>
      admin('POST', '/v1/leads', { source: 'website', contact: CONTACT, customFields })
    const refused = await post({ day: 'tomorrow', free: [1, { two: 3 }] })
    t.equal(refused.status, 422)
    // A wrong value of an optional field costs no lead: test/routes/v1/leads/lenient-lead.test.ts.
    t.strictSame(
      refused.problem.errors?.map(({ pointer }: { pointer: string }) => pointer),
      ['/customFields/must']
    )
    t.equal((await admin('GET', '/v1/leads')).body.data.length, 0, 'nothing is left behind')
    const accepted = await post({ must: 'x', day: '2026-11-21', free: [1, { two: 3 }] })
    t.equal(accepted.status, 201)
    t.strictSame(accepted.body.customFields.free, [1, { two: 3 }])

    const url = `/v1/leads/${accepted.body.id}` as const
    const pointers = async (body: object) =>
      ((await admin('PATCH', url, body)).problem.errors ?? []).map(
        ({ pointer }: { pointer: string }) => pointer
      )
    t.strictSame(await pointers({ customFields: { day: 1 } }), ['/customFields/day'])
    t.strictSame(await pointers({ customFields: { must: null } }), ['/customFields/must'])
    t.strictSame(await pointers({ customFields: null }), ['/customFields/must'])
    t.strictSame(await pointers({ customFields: { day: null, free: null } }), [])
    await define(admin, { key: 'later', required: true })
    t.strictSame(await pointers({ message: 'x' }), [], 'what was missing before may stay missing')

    const adf = `<adf><prospect><vehicle><make>Kia</make><model>Rio</model></vehicle><customer><contact>
      <name part="full">Ada</name><email>a@example.com</email></contact></customer></prospect></adf>`
    t.equal((await postAdf(admin, adf)).status, 201, 'an ADF document')
    const anna = await withUser()
    const link = (await admin('POST', '/v1/referral-links', { userId: anna.id })).body
    const referred = await call(null, {
      method: 'POST',
      url: `/v1/referrals/${link.code}/leads`,
      payload: { contact: CONTACT }
    })
    t.equal(referred.status, 201, 'a lead by referral')
  })

  await t.test('clients are refused by field', async (t) => {
    const { admin } = await createDealer()
    await define(admin, { target: 'client', key: 'must', required: true, type: 'number' })
    const post = (customFields: object) =>
      admin('POST', '/v1/clients', { contact: CONTACT, customFields })
    t.equal((await post({})).problem.errors?.[0]?.pointer, '/customFields/must')
    t.equal((await post({ must: '1' })).problem.errors?.[0]?.pointer, '/customFields/must')
    const { body } = await post({ must: 1 })
    const url = `/v1/clients/${body.id}` as const
    const removed = await admin('PATCH', url, { customFields: { must: null } })
    t.equal(removed.problem.errors?.[0]?.pointer, '/customFields/must')
    t.equal((await admin('PATCH', url, { customFields: { must: 2 } })).status, 200)
  })

  await t.test('records are found by searchable fields, and matched by none', async (t) => {
    const { admin, id: dealerId } = await createDealer()
    const { db } = database
    const found = async (q: string, of = 'leads') =>
      (await admin('GET', `/v1/${of}?q=${encodeURIComponent(q)}`)).body.data.length
    const before = await postLead(admin, { customFields: { a: 'Zielony AB-12', b: 'hidden' } })
    await admin('POST', '/v1/clients', { contact: CONTACT, customFields: { a: 'Zielony' } })
    const { id } = (await define(admin, { searchable: true })).body
    const ofClients = (await define(admin, { target: 'client' })).body.id
    t.equal(await found('zielony'), 0, 'what was there before waits for the worker')
    t.equal(await countJobs(database.ownerUrl, id), 1)
    t.equal(await countJobs(database.ownerUrl, ofClients), 0)
    const other = await postLead(admin, { customFields: { a: 'Zielony' } })
    t.equal(await found('zielo'), 1, 'what comes now does not')
    t.equal(await reindex(db, { dealerId, fieldId: id }), 2)
    t.equal(await found('zielony'), 2)
    t.equal(await found('ab-12'), 1)
    t.equal(await found('hidden'), 0)
    t.equal(await found('zielony', 'clients'), 0)
    const matches = await admin('GET', `/v1/leads/${other.id}/matches`)
    t.strictSame(matches.body.data, [], 'nobody is somebody for liking the same colour')

    await admin('PATCH', `/v1/leads/${before.id}`, { customFields: { a: 'Czarny' } })
    t.equal(await found('zielony'), 1)
    t.equal(await found('czarny'), 1)
    t.equal(await reindex(db, { dealerId, fieldId: id }), 2)
    t.equal(await found('czarny'), 1, 'doing it again changes nothing')

    await admin('PATCH', `/v1/custom-fields/${ofClients}`, { searchable: true })
    await reindex(db, { dealerId, fieldId: ofClients })
    t.equal(await found('zielony', 'clients'), 1)
    await admin('PATCH', `/v1/custom-fields/${id}`, { searchable: false })
    await reindex(db, { dealerId, fieldId: id })
    t.equal(await found('czarny'), 0)
    t.equal(await found('zielony', 'clients'), 1, 'the other target keeps its own')
    await admin('DELETE', `/v1/custom-fields/${ofClients}`)
    await reindex(db, { dealerId, fieldId: ofClients })
    t.equal(await found('zielony', 'clients'), 0)
    t.equal(await found('ada', 'clients'), 1, 'names are as they were')
  })

  await t.test('a merged client gets no keys, and has them again after the undo', async (t) => {
    const { admin, id: dealerId } = await createDealer()
    const { id } = (await define(admin, { target: 'client' })).body
    const client = async (email: string, customFields: object) =>
      (await admin('POST', '/v1/clients', { contact: { email }, customFields })).body.id
    const survivor = await client('a@example.com', {})
    const gone = await client('b@example.com', { a: 'Zielony' })
    const url = `/v1/clients/${survivor}/merge` as const
    const merged = await admin('POST', url, { clientId: gone })
    t.equal(merged.status, 201)
    await admin('PATCH', `/v1/custom-fields/${id}`, { searchable: true })
    await reindex(database.db, { dealerId, fieldId: id })
    const keysOf = (recordId: string) => countFieldKeys(database.ownerUrl, recordId)
    t.equal(await keysOf(gone), 0)
    t.equal(await keysOf(survivor), 1, 'what it lacked came to it')
    await admin('POST', `/v1/operations/${merged.body.operationId}/undo`)
    t.equal(await keysOf(gone), 1)
  })
})

/** Defines a field; unless said, a text of leads called `a`. */
async function define(admin: Caller, words: object = {}) {
  const field = { target: 'lead', key: 'a', label: 'A', type: 'text', ...words }
  return await admin('POST', '/v1/custom-fields', field)
}

/** How many jobs of the worker name this field. */
async function countJobs(ownerUrl: string, fieldId: string): Promise<number | undefined> {
  const of = `graphile_worker._private_jobs where payload->>'id' = $1`
  return await count(ownerUrl, of, fieldId)
}

/** By how many keys of fields a record is found. */
async function countFieldKeys(ownerUrl: string, recordId: string): Promise<number | undefined> {
  return await count(ownerUrl, `match_keys where key like 'f:%' and record_id = $1`, recordId)
}

async function count(ownerUrl: string, of: string, id: string): Promise<number | undefined> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${of}`, [id])
  await client.end()
  return rows[0]?.n
}
