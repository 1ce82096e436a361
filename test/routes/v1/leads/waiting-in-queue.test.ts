import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import type { Caller } from '../../../support/response.ts'

void t.test('what waits in a queue', async (t) => {
  const { createDealer } = await createTestApp(t)
  const prepare = async () => {
    const dealer = await createDealer({ responseLimitMinutes: 30 })
    const anna = await dealer.withUser({ inQueue: true })
    const lead = await postLead(dealer.admin)
    const statusIds = await findStatusIds(dealer.admin)
    const move = async (group: string) => {
      const body = { statusId: must(statusIds[group]), reason: 'Said so' }
      t.equal((await dealer.admin('POST', `/v1/leads/${lead.id}/status`, body)).status, 200)
    }
    return { ...dealer, anna, lead, move, url: `/v1/leads/${lead.id}` as const }
  }
  /** The queue that the lead shows, the length of the list of the queue, and its counts. */
  const placeOf = async (call: Caller, url: `/v1/leads/${string}`) => {
    const { queue } = (await call('GET', url)).body
    const { data } = (await call('GET', '/v1/leads?queue=Default')).body
    const { body: counts } = await call('GET', '/v1/leads/counts?by=queue')
    const { body: waiting } = await call('GET', '/v1/leads/counts?by=status&queue=Default')
    const { body: work } = await call('GET', '/v1/reports/work-list')
    return {
      queue: queue?.name ?? null,
      listed: data.length,
      counted: counts.data.find(({ name }) => name === 'Default')?.count ?? 0,
      waiting: waiting.total,
      unassigned: work.rows.reduce((sum, { unassigned }) => sum + unassigned, 0)
    }
  }
  const WAITS = { queue: 'Default', listed: 1, counted: 1, waiting: 1, unassigned: 1 }
  const LEFT = { queue: null, listed: 0, counted: 0, waiting: 0, unassigned: 0 }

  for (const group of ['sold', 'lost', 'deleted']) {
    await t.test(`is not a lead that is ${group}, until it is reopened`, async (t) => {
      const { admin, anna, move, url } = await prepare()
      const callers = [admin, anna.call]
      for (const call of callers) t.strictSame(await placeOf(call, url), WAITS)
      await move(group)
      for (const call of callers) t.strictSame(await placeOf(call, url), LEFT)
      if (group === 'sold') return
      await move('working')
      for (const call of callers) t.strictSame(await placeOf(call, url), WAITS)
    })
  }

  await t.test('is not a converted lead, until that is undone', async (t) => {
    const { admin, url } = await prepare()
    const { body } = await admin('POST', `${url}/convert`, { planActivity: false })
    t.strictSame(await placeOf(admin, url), LEFT)
    t.equal((await admin('GET', `${url}/clock`)).body.running, null)
    await admin('POST', `/v1/operations/${body.operationId}/undo`)
    t.strictSame(await placeOf(admin, url), WAITS)
  })

  await t.test('is not a linked lead, whose work is its client’s', async (t) => {
    const { admin, lead, url } = await prepare()
    const contact = { fullName: 'Rita Regular', email: must(lead.contact.email) }
    const client = (await admin('POST', '/v1/clients', { contact })).body
    const before = (await admin('GET', `${url}/clock`)).body
    t.ok(before.respondBy)
    const linked = await admin('POST', `${url}/link`, { clientId: client.id, planActivity: false })
    t.equal(linked.status, 201, linked.text)
    t.strictSame(await placeOf(admin, url), LEFT)
    const clock = (await admin('GET', `${url}/clock`)).body
    t.hasStrict(clock, { attempted: null, respondBy: null, running: null })
    const work = { type: 'call', state: 'done', outcome: 'reached', leadId: lead.id }
    const caller = await admin('POST', '/v1/activities', work)
    t.equal(caller.status, 201)
  })
})
