import t from 'tap'

import { createTestApp, sharedTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import { publishRules } from '../../../support/rules.ts'

void t.test('a new member is useful at once', async (t) => {
  const { app, callerOf, createDealer } = await createTestApp(t)
  let count = 0
  const hire = async (dealer: TestDealer, words: object = {}) => {
    const body = { name: 'Nina New', role: 'member', email: `nina${(count += 1)}@users.test` }
    const made = await dealer.admin('POST', '/v1/users', { ...body, ...words })
    t.equal(made.status, 201)
    const { id } = made.body
    return { id, call: callerOf(app.jwt.sign({ sub: id, dealer: dealer.id })) }
  }
  const checksOf = async (call: Caller, query = '') => {
    const { body } = await call('GET', `/v1/leads${query}`)
    return body.checks?.map(({ code, sentence }) => [code, sentence]) ?? null
  }

  await t.test('in the default queue, unless said otherwise', async (t) => {
    const dealer = await createDealer()
    const member = await hire(dealer)
    const lead = await postLead(dealer.admin)
    t.equal((await member.call('GET', `/v1/leads/${lead.id}`)).status, 200)
    t.equal((await member.call('POST', `/v1/leads/${lead.id}/claim`)).status, 200)
    const none = await hire(dealer, { queues: [] })
    const next = await postLead(dealer.admin)
    t.equal((await none.call('GET', `/v1/leads/${next.id}`)).status, 404)
    const queue = (await dealer.admin('POST', '/v1/queues', { name: 'Vans' })).body
    const vans = await hire(dealer, { queues: [queue.id] })
    t.equal((await vans.call('GET', `/v1/leads/${next.id}`)).status, 404)
    const owner = await dealer.withUser({ role: 'owner' })
    const chief = { role: 'admin', name: 'Chief', email: 'chief@users.test' }
    t.equal((await owner.call('POST', '/v1/users', chief)).status, 201)
    const members = await dealer.admin('GET', `/v1/queues/${dealer.defaultQueueId}/members`)
    t.strictSame(
      members.body.data.map(({ userId }) => userId),
      [member.id],
      'who sees all leads needs no queue'
    )
  })

  await t.test('and is told why a list is empty', async (t) => {
    const dealer = await createDealer()
    const [member, none] = [await hire(dealer), await hire(dealer, { queues: [] })]
    const nothing = ['nothing_assigned', 'No lead is assigned to you.']
    t.strictSame(await checksOf(member.call), [
      nothing,
      ['nothing_waiting', 'No lead is waiting in your queues.']
    ])
    t.strictSame(await checksOf(none.call), [
      nothing,
      ['in_no_queue', 'You are in no queue. An owner or admin can add you to one.']
    ])
    t.strictSame(await checksOf(dealer.admin), [['no_leads_yet', 'The dealer has no leads yet.']])
    await postLead(dealer.admin)
    t.equal(await checksOf(dealer.admin), null)
    t.equal(await checksOf(member.call), null)
    t.strictSame(await checksOf(member.call, '?q=nobody%20of%20that%20name'), [
      ['filters_hide_all', 'No lead that you see fits the filters.']
    ])
    t.strictSame(
      (await checksOf(none.call, '?isTest=true'))?.map(([code]) => code),
      ['nothing_assigned', 'in_no_queue'],
      'the filters hide nothing'
    )
  })
})

void t.test('a rule that fits, and that none can follow, is told as that', async (t) => {
  const { createDealer } = await sharedTestApp()
  const RULE = { on: 'captured', criteria: { all: [] }, asOffer: false }
  const routed = async (call: Caller, id: string) => {
    const { body } = await call('GET', `/v1/leads/${id}/decisions`)
    return must(body.data.find(({ step }) => step === 'routed'))
  }

  await t.test('with who was passed over, and why', async (t) => {
    const dealer = await createDealer()
    const absences = [{ from: '2020-01-01T00:00:00Z', until: null }]
    const away = await dealer.withUser({ team: 'store_sales', routing: { absences } })
    const full = await dealer.withUser({ team: 'store_sales', routing: { capacityPerDay: 0 } })
    const target = { type: 'team', team: 'store_sales', by: 'round_robin' }
    await publishRules(dealer, [{ ...RULE, name: 'Store in turn', target }])
    const lead = await postLead(dealer.admin)
    t.equal(lead.queue?.id, dealer.defaultQueueId)
    const decision = await routed(dealer.admin, lead.id)
    t.hasStrict(decision, {
      outcome: 'queued',
      code: 'rule_without_user',
      sentence:
        'The assignment rule “Store in turn” fits, but none of its users can take the lead.',
      facts: { ruleSetNumber: 1, on: 'captured' }
    })
    const { passedOver } = decision.facts as { passedOver: { userId: string; code: string }[] }
    t.strictSame(
      new Map(passedOver.map(({ userId, code }) => [userId, code])),
      new Map([
        [away.id, 'user_absent'],
        [full.id, 'user_full']
      ])
    )
  })

  await t.test('and a team without users as that; no rule that fits, as before', async (t) => {
    const dealer = await createDealer()
    const target = { type: 'team', team: 'call_center', by: 'least_busy' }
    const isVan = { field: 'message', contains: 'van' }
    await publishRules(dealer, [{ ...RULE, criteria: isVan, name: 'Vans', target }])
    await dealer.withUser({ team: 'call_center', routing: { active: false } })
    const van = await postLead(dealer.admin, { message: 'A van' })
    t.hasStrict(await routed(dealer.admin, van.id), {
      code: 'rule_of_empty_team',
      sentence: 'The assignment rule “Vans” fits, but it has no active user.',
      facts: { passedOver: [] }
    })
    const car = await postLead(dealer.admin, { message: 'A car' })
    t.hasStrict(await routed(dealer.admin, car.id), { code: 'no_rule_fits' })
  })
})
