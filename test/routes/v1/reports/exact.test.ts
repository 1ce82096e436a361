import type pg from 'pg'
import t from 'tap'

import { REACH } from '../../../../src/repositories/reports/reach.ts'
import { work } from '../../../imports/staged-import.ts'
import { bringList } from '../../../imports/uploaded-list.ts'
import { createTestApp } from '../../../support/app.ts'
import { asClient } from '../../../support/database.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import { recount } from '../../../support/recounts.ts'
import type { Caller } from '../../../support/response.ts'
import { findSaleStatusIds, moveTo, salesOf } from '../../../support/sales.ts'

const PERIOD = 'from=2023-01-01&to=2027-12-31'

/** The numbers of reports that a recount has. */
async function readReports(call: Caller) {
  const sources = (await call('GET', `/v1/reports/sources?${PERIOD}`)).body
  const team = (await call('GET', `/v1/reports/team?${PERIOD}`)).body
  const funnel = (await call('GET', `/v1/reports/funnel?${PERIOD}`)).body
  return { sources, team, funnel }
}

void t.test('reports are exact after any change of an old lead', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const { admin } = dealer
  const anna = await dealer.withUser({ name: 'Anna', role: 'admin' })
  const ben = await dealer.withUser({ name: 'Ben' })
  const statusIds = await findStatusIds(admin)
  const asOwner = <T>(run: (client: pg.Client) => Promise<T>) =>
    asClient(app.database.ownerUrl, run)
  const undo = async (operationId: string | null | undefined) => {
    const undone = await admin('POST', `/v1/operations/${must(operationId)}/undo`)
    t.equal(undone.status, 200, undone.text)
  }
  const leads: string[] = []
  for (let n = 0; n < 12; n += 1) leads.push((await postLead(admin, { assignee: anna.id })).id)
  const lead = (n: number) => must(leads[n])
  await asOwner((client) =>
    client.query(
      `update leads set received_at = received_at - interval '100 days' * (get_byte(uuid_send(id), 15) % 8)`
    )
  )

  /** Compares reports with a recount, by spans of leads and by whole tables. */
  const check = async (what: string) => {
    const expected = await asOwner((client) => recount(client, dealer.id))
    const { manyLeads } = REACH
    for (const [how, many] of [
      ['by spans', manyLeads],
      ['by whole tables', 0]
    ] as const) {
      REACH.manyLeads = many
      const { sources, team, funnel } = await readReports(admin)
      REACH.manyLeads = manyLeads
      t.hasStrict(sources.total, expected.sources, `${what}: sources ${how}`)
      for (const row of team.rows) {
        t.hasStrict(row, must(expected.team[row.user.id]), `${what}: team ${how}`)
      }
      for (const { group, entered } of funnel.groups) {
        t.equal(entered, expected.funnel[group] ?? 0, `${what}: ${group} ${how}`)
      }
    }
    return expected
  }

  await check('as received')
  for (const [n, group] of [
    'qualified',
    'lost',
    'sold',
    'sold',
    'nurturing',
    'qualified'
  ].entries()) {
    await moveTo(anna.call, lead(n), group)
  }
  await moveTo(anna.call, lead(5), 'lost')
  const { sources } = await check('moved')
  t.hasStrict(sources, { received: 12, qualified: 2, sold: 2, lost: 2 }, 'the recount counts')

  const move = { leadIds: [lead(6), lead(7)], statusId: must(statusIds.qualified) }
  const { body: moved } = await anna.call('POST', '/v1/leads/status', move)
  t.equal((await check('moved together')).sources.qualified, 4)
  await undo(moved.operationId)
  t.equal((await check('the move was undone')).sources.qualified, 2)

  const call = await anna.call('POST', '/v1/activities', {
    type: 'test_drive',
    leadId: lead(8),
    dueAt: new Date().toISOString()
  })
  t.equal(call.status, 201, call.text)
  t.equal((await check('an appointment was made')).sources.appointment, 1)
  await anna.call('POST', `/v1/activities/${call.body.id}/complete`, {})
  await check('it took place')

  await admin('POST', `/v1/leads/${lead(0)}/assign`, { assigneeId: ben.id })
  const { body: given } = await admin('POST', '/v1/leads/assign', {
    leadIds: [lead(1), lead(2)],
    assigneeId: ben.id
  })
  await check('assigned to another user')
  await undo(given.operationId)
  await check('the assignment was undone')

  const { Cancelled: cancelled } = await findSaleStatusIds(admin)
  const [sale] = await salesOf(admin, lead(2))
  await undo(must(sale).operationId)
  t.equal((await check('a sale was undone')).sources.sold, 1)
  const [other] = await salesOf(admin, lead(3))
  await admin('PATCH', `/v1/sales/${must(other).id}`, { statusId: must(cancelled) })
  t.equal((await check('a sale was cancelled')).sources.sold, 0)

  const converted = await anna.call('POST', `/v1/leads/${lead(9)}/convert`, {})
  const second = await anna.call('POST', `/v1/leads/${lead(10)}/convert`, {})
  t.equal((await check('converted')).sources.converted, 2)
  const merged = await admin('POST', `/v1/clients/${must(converted.body.lead.client).id}/merge`, {
    clientId: must(second.body.lead.client).id
  })
  t.equal(merged.status, 201, merged.text)
  await check('clients were merged')
  await undo(merged.body.operationId)
  await check('the merge was undone')
  await undo(second.body.operationId)
  t.equal((await check('a conversion was undone')).sources.converted, 1)

  await moveTo(admin, lead(11), 'deleted')
  t.equal((await check('deleted')).sources.deleted, 1)
  await moveTo(admin, lead(11), 'working')
  t.equal((await check('brought back')).sources.deleted, 0)

  const { done } = await bringList(t, app, dealer, 'Name,E-mail\nIda Zet,ida@list.example\n')
  t.equal((await check('imported')).sources.received, 13)
  await undo(done.operationId)
  await work(app, dealer, done.id)
  const { sources: after } = await check('the import was undone')
  t.equal(must(after.received) - must(after.deleted), 12)

  await asOwner((client) =>
    client.query('update leads set is_test = true where id = $1', [lead(4)])
  )
  await check('made a test')
  await asOwner((client) =>
    client.query(
      `update leads set source_id = (select s.id from sources s where s.dealer_id = leads.dealer_id
        and s.id <> leads.source_id limit 1) where id = $1`,
      [lead(5)]
    )
  )
  await check('of another source')
})
