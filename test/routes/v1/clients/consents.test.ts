import { sql } from 'drizzle-orm'
import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { postLead } from '../../../support/leads.ts'

const NEWS = {
  purpose: 'news',
  channel: 'email',
  granted: true,
  text: 'Yes, write',
  ip: '192.0.2.7'
}

void t.test('consents over the API', async (t) => {
  const { createDealer, database } = await createTestApp(t)

  const addClient = async (call: Caller) =>
    (await call('POST', '/v1/clients', { contact: { fullName: 'Ada' } })).body.id
  const stances = async (call: Caller, path: string, at?: string) =>
    (await call('GET', `/v1/${path}/consents${at === undefined ? '' : `?at=${at}`}`)).body.data.map(
      ({ purpose, channel, granted }: Record<string, unknown>) => [purpose, channel, granted]
    )

  await t.test('201 records a statement, to the letter, and it holds from then on', async (t) => {
    const { admin } = await createDealer()
    const id = await addClient(admin)
    const before = new Date().toISOString()
    const given = {
      ...NEWS,
      givenAt: '2026-03-01T10:00:00+01:00',
      textVersion: '7',
      language: 'en'
    }
    const { status, body, headers } = await admin('POST', `/v1/clients/${id}/consents`, given)
    t.equal(status, 201)
    t.equal(headers.location, `/v1/clients/${id}/consents`)
    t.hasStrict(body, {
      ...given,
      givenAt: '2026-03-01T09:00:00.000Z',
      clientId: id,
      leadId: null,
      origin: 'direct',
      operationId: null,
      voidFrom: null
    })
    t.equal(body.actor.type, 'key')
    t.strictSame(await stances(admin, `clients/${id}`), [['news', 'email', true]])
    t.strictSame(await stances(admin, `clients/${id}`, before), [], 'not before it was recorded')
    t.strictSame(await stances(admin, `clients/${id}`, '2026-03-02T00:00:00Z'), [])
    t.hasStrict((await admin('GET', `/v1/clients/${id}`)).body.consents, [
      { purpose: 'news', channel: 'email', granted: true }
    ])
  })

  await t.test('nothing is overwritten: what was said before stays in the history', async (t) => {
    const { admin } = await createDealer()
    const id = await addClient(admin)
    for (const granted of [true, false, true, false, true]) {
      t.equal((await admin('POST', `/v1/clients/${id}/consents`, { ...NEWS, granted })).status, 201)
    }
    t.strictSame(await stances(admin, `clients/${id}`), [['news', 'email', true]])
    const seen: boolean[] = []
    let url: string | null = `/v1/clients/${id}/consents/history?limit=2&sort=effectiveAt`
    while (url !== null) {
      const page: { data: { granted: boolean }[]; nextCursor: string | null } = (
        await admin('GET', url)
      ).body
      seen.push(...page.data.map(({ granted }) => granted))
      url =
        page.nextCursor === null
          ? null
          : `/v1/clients/${id}/consents/history?limit=2&sort=effectiveAt&cursor=${page.nextCursor}`
    }
    t.strictSame(seen, [true, false, true, false, true])
    const refused = await admin('PATCH', `/v1/clients/${id}`, { consents: [] })
    t.equal(refused.status, 422, 'a change of the client is no statement')
  })

  await t.test('the same Idempotency-Key makes one statement', async (t) => {
    const { admin } = await createDealer()
    const id = await addClient(admin)
    const post = () =>
      admin('POST', `/v1/clients/${id}/consents`, NEWS, { 'idempotency-key': 'consent-1' })
    const [first, second] = [await post(), await post()]
    t.strictSame([first.status, second.status, second.body.id], [201, 201, first.body.id])
    t.equal((await admin('GET', `/v1/clients/${id}/consents/history`)).body.data.length, 1)
  })

  await t.test("a lead's own: what it came with, and what was said since", async (t) => {
    const { admin } = await createDealer()
    const lead = await postLead(admin, { consents: [NEWS] })
    t.strictSame(await stances(admin, `leads/${lead.id}`), [['news', 'email', true]])
    const moment = new Date().toISOString()
    const refusal = { purpose: 'news', channel: 'email', granted: false }
    t.equal((await admin('POST', `/v1/leads/${lead.id}/consents`, refusal)).status, 201)
    t.strictSame(await stances(admin, `leads/${lead.id}`), [['news', 'email', false]])
    t.strictSame(await stances(admin, `leads/${lead.id}`, moment), [['news', 'email', true]])

    const { client } = (await admin('POST', `/v1/leads/${lead.id}/convert`, {})).body
    t.strictSame(await stances(admin, `clients/${client.id}`), [['news', 'email', false]])
    const said = await admin('POST', `/v1/leads/${lead.id}/consents`, NEWS)
    t.equal(said.body.clientId, client.id, 'it goes on the record of its client too')
    t.strictSame(await stances(admin, `clients/${client.id}`), [['news', 'email', true]])
  })

  await t.test('422 what was given in the future, 404 what one does not see', async (t) => {
    const { admin, withUser } = await createDealer()
    const id = await addClient(admin)
    const later = new Date(Date.now() + 60_000).toISOString()
    const refused = await admin('POST', `/v1/clients/${id}/consents`, { ...NEWS, givenAt: later })
    t.equal(refused.status, 422)
    t.strictSame(refused.problem.errors, [
      { pointer: '/givenAt', message: 'is in the future', code: 'in-future' }
    ])
    const stranger = await withUser({})
    for (const path of ['consents', 'consents/history']) {
      t.equal((await stranger.call('GET', `/v1/clients/${id}/${path}`)).status, 404)
    }
    t.equal((await stranger.call('POST', `/v1/clients/${id}/consents`, NEWS)).status, 404)
  })

  await t.test('events tell purpose and answer, not what was read or from where', async (t) => {
    const { admin } = await createDealer()
    const id = await addClient(admin)
    await admin('POST', `/v1/clients/${id}/consents`, NEWS)
    const { data } = (await admin('GET', `/v1/events?clientId=${id}&type=consent.recorded`)).body
    t.equal(data.length, 1)
    t.hasStrict(data[0]?.data, { purpose: 'news', channel: 'email', granted: true })
    t.notMatch(JSON.stringify(data), /192\.0\.2\.7|Yes, write/)
  })

  // Guards the bound: one record read whole must not grow for ever.
  await t.test('409 after 2,000 statements on one record', async (t) => {
    const { admin, id: dealerId } = await createDealer()
    const id = await addClient(admin)
    await database.db.transaction(dealerId, (tx) =>
      tx.orm.execute(sql`insert into consents (dealer_id, id, client_id, purpose, granted, origin,
          effective_at, actor_type, created_at)
        select ${dealerId}, gen_random_uuid(), ${id}, 'news', true, 'direct', now(), 'system', now()
        from generate_series(1, 2000)`)
    )
    t.equal((await admin('POST', `/v1/clients/${id}/consents`, NEWS)).status, 409)
  })
})
