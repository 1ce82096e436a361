import pg from 'pg'
import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { settle } from '../../../support/database.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import type { Caller } from '../../../support/response.ts'

/** A copy of the dealer's leads that follows their changes. */
function follow(call: Caller) {
  const seen = new Map<string, number>()
  let cursor = ''
  return {
    seen,
    async read(limit = 2) {
      for (let page = 0; page < 100; page += 1) {
        const { body } = await call('GET', `/v1/leads?sort=updatedAt&limit=${limit}${cursor}`)
        for (const { id, version } of body.data) seen.set(id, version)
        if (typeof body.resumeCursor === 'string') cursor = `&cursor=${body.resumeCursor}`
        if (body.nextCursor === null) return
      }
    }
  }
}

void t.test('changes of leads in their order', async (t) => {
  let clock = new Date('2026-11-21T09:00:00.000Z')
  const { createDealer, database } = await createTestApp(t, { now: () => clock })

  await t.test('a copy misses no change of a transaction that commits late', async (t) => {
    const { admin, id: dealerId } = await createDealer()
    const [early, late] = [await postLead(admin), await postLead(admin)]
    const copy = follow(admin)
    await settle(database)
    await copy.read()
    t.equal(copy.seen.size, 2)

    const client = new pg.Client({ connectionString: database.ownerUrl })
    await client.connect()
    t.teardown(() => client.end())
    await client.query('begin')
    await client.query("select set_config('app.tenant', $1, true)", [dealerId])
    await client.query('update leads set version = 77, updated_at = $2 where id = $1', [
      late.id,
      clock
    ])
    clock = new Date(clock.getTime() + 60_000)
    const during = await admin('PATCH', `/v1/leads/${early.id}`, { message: 'Meanwhile' })
    t.equal(during.status, 200)
    const added = await postLead(admin)
    await copy.read()
    t.not(copy.seen.get(late.id), 77, 'not yet committed')
    await client.query('commit')
    await settle(database)
    await copy.read()
    t.equal(copy.seen.get(late.id), 77, 'committed late, with an earlier time')
    t.equal(copy.seen.get(early.id), during.body.version)
    t.ok(copy.seen.has(added.id))
  })

  await t.test('copies are complete however many write at once', async (t) => {
    const { admin } = await createDealer()
    const copies = [follow(admin), follow(admin)]
    const leads = await Promise.all(Array.from({ length: 12 }, () => postLead(admin)))
    let isWriting = true
    const writing = Promise.all(
      leads.map(async ({ id }, index) => {
        for (let round = 0; round < 12; round += 1) {
          const message = `Message ${index} of ${round}`
          t.equal((await admin('PATCH', `/v1/leads/${id}`, { message })).status, 200)
        }
      })
    ).finally(() => {
      isWriting = false
    })
    const reading = copies.map(async (copy) => {
      while (isWriting) await copy.read(1)
    })
    await Promise.all([writing, ...reading])
    const { body } = await admin('GET', '/v1/leads')
    const stored = body.data.map(({ id, version }) => [id, version]).toSorted()
    await settle(database)
    for (const copy of copies) {
      await copy.read()
      t.strictSame([...copy.seen].toSorted(), stored)
    }
  })

  await t.test('deleted leads are told, and the last page says where to go on', async (t) => {
    const { admin } = await createDealer()
    const empty = await admin('GET', '/v1/leads?sort=updatedAt')
    t.match(empty.body, { data: [], nextCursor: null, resumeCursor: null })
    const lead = await postLead(admin)
    const { deleted } = await findStatusIds(admin)
    const moved = { statusId: must(deleted), reason: 'Spam' }
    t.equal((await admin('POST', `/v1/leads/${lead.id}/status`, moved)).status, 200)
    await settle(database)
    const { body } = await admin('GET', '/v1/leads?sort=updatedAt')
    t.equal(body.data[0]?.status.group, 'deleted')
    t.equal(body.nextCursor, null)
    t.type(body.resumeCursor, 'string')
    t.equal((await admin('GET', '/v1/leads')).body.data.length, 0, 'other orders hide them')
    t.notOk('resumeCursor' in (await admin('GET', '/v1/leads?sort=-updatedAt')).body)
    const next = await admin('GET', `/v1/leads?sort=updatedAt&cursor=${must(body.resumeCursor)}`)
    t.strictSame([next.body.data, next.body.resumeCursor], [[], body.resumeCursor])
  })

  await t.test('updatedFrom and updatedTo narrow leads by their last change', async (t) => {
    const { admin } = await createDealer()
    clock = new Date('2026-11-24T09:00:00.000Z')
    const [one, two] = [await postLead(admin), await postLead(admin)]
    clock = new Date('2026-11-25T09:00:00.000Z')
    await admin('PATCH', `/v1/leads/${two.id}`, { message: 'Later' })
    await settle(database)
    const found = async (query: string) =>
      (await admin('GET', `/v1/leads?${query}`)).body.data.map(({ id }) => id)
    t.strictSame(await found('updatedFrom=2026-11-25'), [two.id])
    t.strictSame(await found('updatedTo=2026-11-24'), [one.id])
    t.strictSame(await found('updatedFrom=2026-11-25T09:00:00Z&sort=updatedAt'), [two.id])
  })

  await t.test('clients, activities, opportunities and sales have the order, too', async (t) => {
    const { admin } = await createDealer()
    const lead = await postLead(admin)
    const made = await admin('POST', '/v1/clients', { contact: { email: 'c@x.example' } })
    t.equal(made.status, 201)
    const clientId = made.body.id
    const deal = await admin('POST', '/v1/opportunities', { name: 'A car', clientId })
    t.equal(deal.status, 201)
    await admin('POST', '/v1/activities', { type: 'call', state: 'planned', leadId: lead.id })
    const { sold } = await findStatusIds(admin)
    await admin('POST', `/v1/leads/${lead.id}/status`, { statusId: must(sold) })
    await settle(database)
    for (const list of ['clients', 'activities', 'opportunities', 'sales'] as const) {
      const { status, body } = await admin('GET', `/v1/${list}?sort=updatedAt`)
      t.equal(status, 200, list)
      const [record] = body.data
      t.ok(record, `${list} has one`)
      t.type(body.resumeCursor, 'string', list)
      const rest = await admin(
        'GET',
        `/v1/${list}?sort=updatedAt&cursor=${must(body.resumeCursor)}`
      )
      t.strictSame(rest.body.data, [], `${list} ends`)
      const newest = await admin(
        'GET',
        `/v1/${list}?sort=-updatedAt&updatedFrom=2026-11-01T00:00:00Z`
      )
      t.strictSame(newest.body.data[0]?.id, record?.id)
      t.equal(
        (await admin('GET', `/v1/${list}?updatedTo=2026-11-01T00:00:00Z`)).body.data.length,
        0
      )
    }
  })
})
