import { sql } from 'drizzle-orm'
import t from 'tap'

import type { TenantPrincipal } from '../../../../src/domain/access/permissions.ts'
import type { Transaction } from '../../../../src/database/client.ts'
import { leads } from '../../../../src/database/schema.ts'
import { leadConditions, leadingList } from '../../../../src/repositories/leads/lead-filter.ts'
import type { LeadFilter } from '../../../../src/repositories/leads/lead-filter.ts'
import { onVisiblePage } from '../../../../src/repositories/leads/visible-leads.ts'
import { pageOrder } from '../../../../src/repositories/paging.ts'
import { createTestApp } from '../../../support/app.ts'
import { asClient } from '../../../support/database.ts'
import { copyLead, findStatusIds, postLead } from '../../../support/leads.ts'
import { first, must } from '../../../support/must.ts'
import type { Caller } from '../../../support/response.ts'

const COPIES = 20_000

void t.test('filters of leads', async (t) => {
  let clock = new Date('2026-11-21T22:30:00.000Z')
  const { createDealer } = await createTestApp(t, { now: () => clock })
  const found = async (call: Caller, query: string) => {
    const { status, body } = await call('GET', `/v1/leads?${query}`)
    t.equal(status, 200, query)
    return body.data.map(({ id }) => id).toSorted()
  }

  await t.test('several values, by id or by word in any case, widen a filter', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser({ name: 'Anna', email: 'Anna@dealer.example' })
    const statusIds = await findStatusIds(admin)
    const [one, two, three] = [
      await postLead(admin, { source: 'website' }),
      await postLead(admin, { source: 'portal', assignee: anna.id, type: 'prequalification' }),
      await postLead(admin, { source: 'phone' })
    ]
    const move = { statusId: must(statusIds.working) }
    t.equal((await admin('POST', `/v1/leads/${two.id}/status`, move)).status, 200)
    const both = [one.id, two.id].toSorted()
    const rest = [one.id, three.id].toSorted()
    for (const [query, ids] of [
      ['source=website,Portal', both],
      ['source=WEBSITE,%20portal', both],
      ['status=Working', [two.id]],
      [`status=${must(statusIds.working)},New`, [...both, three.id].toSorted()],
      ['statusGroup=working', [two.id]],
      ['statusGroup=working,new&source=website,portal', both],
      ['type=inquiry', rest],
      ['type=inquiry,prequalification&source=portal', [two.id]],
      ['queue=default', rest],
      [`assignee=${anna.id}`, [two.id]],
      ['assignee=anna@DEALER.example', [two.id]]
    ] as const) {
      t.strictSame(await found(admin, query), ids, query)
    }
    t.strictSame(await found(anna.call, 'assignee=me'), [two.id])
    t.strictSame(await found(anna.call, 'source=website,portal'), [two.id], 'of those they see')
  })

  await t.test('422 for unknown words, with those that there are', async (t) => {
    const { admin } = await createDealer()
    const refused = async (query: string) => {
      const { status, problem } = await admin('GET', `/v1/leads?${query}`)
      t.equal(status, 422, query)
      return first(problem.errors ?? [])
    }
    const status = await refused('status=working,asleep')
    t.equal(status.pointer, '?status')
    t.match(
      status.message,
      /^(?:names no status|has an unknown value): "asleep"\. Known values: .*nurturing/
    )
    t.match((await refused('statusGroup=asleep')).message, 'nurturing')
    t.match((await refused('source=billboard')).message, 'trade-fair')
    t.match((await refused('queue=nowhere')).message, 'Default')
    t.match((await refused('assignee=me')).message, 'an API key is not a user')
    const foreign = (await createDealer()).ownerId
    t.equal((await refused(`assignee=${foreign}`)).pointer, '?assignee')
    t.equal((await admin('GET', '/v1/exports/leads?source=billboard')).status, 422)
  })

  await t.test('a date is a day in the time zone of the dealer', async (t) => {
    const { admin } = await createDealer()
    const zone = await admin('PATCH', '/v1/dealer', { timeZone: 'Europe/Warsaw' })
    t.equal(zone.status, 200)
    clock = new Date('2026-11-21T22:30:00.000Z')
    const before = await postLead(admin)
    clock = new Date('2026-11-21T23:30:00.000Z')
    const after = await postLead(admin)
    t.strictSame(await found(admin, 'createdFrom=2026-11-22'), [after.id])
    t.strictSame(await found(admin, 'createdTo=2026-11-21'), [before.id])
    t.equal((await found(admin, 'createdFrom=2026-11-21&createdTo=2026-11-22')).length, 2)
    t.strictSame(await found(admin, 'createdTo=2026-11-21T23:00:00Z'), [before.id])
    t.equal((await admin('GET', '/v1/leads?createdFrom=2026-02-30')).status, 422)
  })
})

void t.test('a filter with several values begins at the index of each', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const { id: dealerId, admin, ownerId } = await createDealer()
  const lead = await postLead(admin)
  const statusIds = await findStatusIds(admin)
  const rare = [must(statusIds.working), must(statusIds.qualified)]
  const other = first(
    (await admin('GET', '/v1/sources?limit=200')).body.data.filter(({ key }) => key === 'portal')
  )
  await asClient(database.ownerUrl, async (client) => {
    await client.query("select set_config('app.tenant', $1, false)", [dealerId])
    await copyLead(client, { dealerId, leadId: lead.id, count: COPIES })
    // Rare values, as the newest leads of the dealer have none of them.
    await client.query(
      `update leads set received_at = received_at - random() * interval '90 days',
         status_id = case when n < 60 then ($1::uuid[])[1 + n % 2] else status_id end,
         source_id = case when n between 60 and 90 then $2::uuid else source_id end,
         assignee_id = case when n between 90 and 120 then $3::uuid end,
         queue_id = case when n between 90 and 120 then null else queue_id end
       from (select id as one, row_number() over () as n from leads) numbered where one = id`,
      [rare, other.id, ownerId]
    )
    await client.query(
      `insert into lead_participants (dealer_id, lead_id, user_id, reasons, received_at, created_at)
       select dealer_id, id, $1, '{author}', received_at, received_at from leads
       where dealer_id = $2 and random() < 0.3 on conflict do nothing`,
      [ownerId, dealerId]
    )
    await client.query('vacuum analyze leads, lead_participants')
  })
  const principal = {
    kind: 'key',
    id: ownerId,
    dealerId,
    scopes: ['admin'],
    sourceId: null
  } as const
  const member = {
    kind: 'user',
    id: ownerId,
    dealerId,
    role: 'member',
    team: null,
    grants: [],
    queueIds: []
  } as const
  const page = { limit: 50, after: null, descending: true }
  const explain = async (
    tx: Transaction,
    filter: LeadFilter,
    caller: TenantPrincipal = principal
  ) => {
    const conditions = await leadConditions(tx, filter)
    const where = onVisiblePage(tx, caller, { conditions, list: leadingList(filter) }, page)
    const order = sql.join(pageOrder(leads.receivedAt, leads.id, page), sql`, `)
    const { rows } = await tx.orm.execute<{ 'QUERY PLAN': string }>(
      sql`explain (costs off) select ${leads.id} from ${leads} where ${where} order by ${order} limit 51`
    )
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  }
  await database.db.read(dealerId, async (tx) => {
    const queue = [must(lead.queue).id]
    for (const [filter, index] of [
      [{ status: rare }, 'leads_status'],
      [{ source: [other.id, ownerId] }, 'leads_source'],
      [{ assignee: [ownerId, lead.id] }, 'leads_(assignee|workload)'],
      [{ queue: [...queue, ownerId] }, 'leads_unassigned']
    ] as const) {
      const plan = await explain(tx, filter)
      t.match(plan, new RegExp(`using ${index}`), index)
      t.notMatch(plan, 'Seq Scan on leads')
    }
    const ofMember = await explain(tx, {}, member)
    t.match(ofMember, 'using lead_participants_user', 'those a member has to do with')
    t.notMatch(ofMember, /Seq Scan on (leads|lead_participants)/)
    t.notMatch(ofMember, /Sort Key: p?lead_participants/, 'in its order')
  })
})
