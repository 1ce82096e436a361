import { sql } from 'drizzle-orm'
import t from 'tap'

import { listEvents } from '../../../../src/repositories/events/events.ts'
import { createTestApp } from '../../../support/app.ts'
import { asClient } from '../../../support/database.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { rowsOf } from '../../../support/sql.ts'
import { nextPage } from '../../../support/response.ts'
import { must } from '../../../support/must.ts'

interface Event {
  id: string
  type: string
  leadId: string | null
  createdAt: string
}

void t.test('GET /v1/events', async (t) => {
  const { createDealer, database } = await createTestApp(t)

  await t.test('200 tells everything in order; pages join', async (t) => {
    const { admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    const lead = await postLead(admin)
    await admin('POST', `/v1/leads/${lead.id}/status`, { statusId: statuses.working })
    await admin('PATCH', `/v1/leads/${lead.id}`, { temperature: 'hot' })
    const all: Event[] = (await admin('GET', '/v1/events')).body.data
    t.strictSame(
      all.map(({ type }) => type),
      [
        'dealer.created',
        'user.created',
        'lead.created',
        'lead.status_changed',
        'lead.updated',
        'lead.temperature_changed'
      ]
    )
    const seen: string[] = []
    let url: string | null = '/v1/events?limit=2'
    while (url !== null) {
      const { body, headers } = await admin('GET', url)
      seen.push(...body.data.map(({ id }: Event) => id))
      url = nextPage({ headers })
    }
    t.strictSame(seen, all.map(({ id }) => id).toSorted(), 'ids ascend with time')
    const reversed = (await admin('GET', '/v1/events?sort=-createdAt')).body.data
    t.strictSame(reversed, all.toReversed())
  })

  await t.test('filters narrow: lead, type, time', async (t) => {
    const { admin } = await createDealer()
    const [first, second] = [await postLead(admin), await postLead(admin)]
    const list = async (query: string): Promise<Event[]> =>
      (await admin('GET', `/v1/events?${query}`)).body.data
    const ofLead = await list(`leadId=${first.id}`)
    t.strictSame(
      ofLead.map(({ leadId, type }) => [leadId, type]),
      [[first.id, 'lead.created']]
    )
    t.equal((await list('type=lead.created')).length, 2)
    t.strictSame(await list(`clientId=${first.id}`), [])
    const [, later] = await list('type=lead.created')
    const from = await list(
      `createdFrom=${encodeURIComponent(must(later).createdAt)}&leadId=${second.id}`
    )
    t.strictSame(from, [later])
    const to = await list(`createdTo=${encodeURIComponent(must(later).createdAt)}`)
    t.notOk(to.some(({ id }) => id === must(later).id))
    t.equal(to.length, 3)
    t.strictSame(await list('createdFrom=2100-01-01T00:00:00Z'), [])
    t.strictSame(await list('createdTo=1969-01-01T00:00:00Z'), [])
    t.equal((await admin('GET', '/v1/events?type=nothing')).status, 422)
    t.equal((await admin('GET', '/v1/events?cursor=nonsense')).status, 422)
  })

  await t.test('no personal data of the shopper is in any event', async (t) => {
    const { admin } = await createDealer()
    const contact = { firstName: 'Zenobia', lastName: 'Quux', email: 'zq@example.com' }
    const lead = await postLead(admin, { contact, message: 'My Quux car' })
    await admin('PATCH', `/v1/leads/${lead.id}`, { contact: { firstName: 'Zed' } })
    const { text } = await admin('GET', '/v1/events')
    t.notMatch(text, /Zenobia|Quux|zq@|Zed/)
  })

  await t.test(
    '403 for members, who read each lead’s history; other dealers’ stay theirs',
    async (t) => {
      const { admin, withUser, withKey } = await createDealer()
      const other = await createDealer()
      const lead = await postLead(admin)
      t.equal((await (await withUser()).call('GET', '/v1/events')).status, 403)
      t.equal((await (await withUser({ role: 'admin' })).call('GET', '/v1/events')).status, 200)
      t.equal((await (await withKey(['read']))('GET', '/v1/events')).status, 200)
      t.equal((await (await withKey(['leads:capture']))('GET', '/v1/events')).status, 403)
      t.strictSame((await other.admin('GET', `/v1/events?leadId=${lead.id}`)).body.data, [])
    }
  )

  await t.test('history is append-only, whatever a program does', async (t) => {
    const { id, admin } = await createDealer()
    await postLead(admin)
    for (const table of ['events', 'decisions', 'payloads']) {
      for (const statement of [`update ${table} set created_at = now()`, `delete from ${table}`]) {
        await t.rejects(
          asClient(database.appUrl, async (client) => {
            await client.query(`select set_config('app.tenant', '${id}', false)`)
            await client.query(statement)
          }),
          { code: '42501' },
          statement
        )
      }
    }
  })

  await t.test('a search by time reads no more of a long history than it must', async (t) => {
    const { id } = await createDealer()
    await database.db.transaction(id, (tx) =>
      rowsOf(
        tx,
        sql`insert into events (dealer_id, id, type, subject_type, subject_id, actor_type, data, created_at)
         select ${id}, ('018f0000-' || lpad(to_hex(n), 4, '0') || '-7000-8000-000000000000')::uuid,
           'dealer.updated', 'dealer', ${id}, 'system', '{}', '2024-04-20'
         from generate_series(1, 20000) n`
      )
    )
    // Counted by PostgreSQL itself, in the transaction that asks.
    const { found, read } = await database.db.transaction(id, async (tx) => {
      const createdFrom = new Date(Date.now() - 60_000)
      const page = { limit: 50, after: null, descending: false }
      const { data } = await listEvents(tx, { createdFrom }, page)
      const [row] = await rowsOf<{ read: number }>(
        tx,
        sql`select (seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables
         where relname = 'events'`
      )
      return { found: data.length, read: row?.read ?? Infinity }
    })
    t.equal(found, 2)
    // A handful more where the planner reads by bitmap; without the bound on ids it is all of them.
    t.ok(read < 200, `${read} rows read of 20,000`)
  })
})
