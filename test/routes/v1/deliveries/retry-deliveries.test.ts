import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import t from 'tap'

import { mailTo } from '../../../../src/domain/deliveries/delivery.ts'
import { createDeliveries } from '../../../../src/repositories/deliveries/deliveries.ts'
import { createTestApp } from '../../../support/app.ts'
import { deliverNow } from '../../../support/deliver-now.ts'
import { LATER, REFUSED, contextOf } from '../../../support/delivery-context.ts'
import { postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

void t.test('many deliveries are retried at once', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const scene = async () => {
    const dealer = await createDealer({ leadAddress: 'leads@dealer.test' })
    const anna = await dealer.withUser({ name: 'Anna' })
    const ben = await dealer.withUser({ name: 'Ben' })
    const idOf = async (leadId: string, purpose: string) => {
      const path = `/v1/leads/${leadId}/deliveries?purpose=${purpose}` as const
      return must((await dealer.admin('GET', path)).body.data[0]).id
    }
    const attempt = async (deliveryId: string, outcome = REFUSED) => {
      const { context } = contextOf(database.db, outcome)
      await deliverNow(context, { dealerId: dealer.id, deliveryId })
    }
    const stateOf = async (id: string) =>
      (await dealer.admin('GET', `/v1/deliveries/${id}`)).body.state
    const of = async (user: { id: string }) => {
      const lead = await postLead(dealer.admin, { assignee: user.id })
      const ids = {
        mine: await idOf(lead.id, 'assignee_mail'),
        shared: await idOf(lead.id, 'dealer_mail')
      }
      for (const id of Object.values(ids)) await attempt(id)
      return { ...ids, leadId: lead.id }
    }
    return { ...dealer, anna, ben, of, attempt, stateOf }
  }

  await t.test('by filters: purpose and when they failed', async (t) => {
    const { admin, anna, of, stateOf } = await scene()
    const first = await of(anna)
    const between = new Date().toISOString()
    const second = await of(anna)
    const byPurpose = { purpose: ['assignee_mail'], failedTo: between }
    const retried = await admin('POST', '/v1/deliveries/retry', byPurpose)
    t.strictSame(
      retried.body,
      { results: [{ deliveryId: first.mine, outcome: 'changed', problem: null }], left: 0 },
      retried.text
    )
    const later = await admin('POST', '/v1/deliveries/retry', { failedFrom: between })
    t.strictSame(
      later.body.results.map(({ deliveryId }) => deliveryId).toSorted(),
      [second.mine, second.shared].toSorted()
    )
    t.equal(await stateOf(first.shared), 'failed')
    t.equal(await stateOf(second.mine), 'pending')
    const events = (await admin('GET', `/v1/events?leadId=${second.leadId}`)).body.data
    t.equal(events.filter(({ type }) => type === 'delivery.retried').length, 2)
    const { attemptCount, nextAttemptAt } = (await admin('GET', `/v1/deliveries/${second.mine}`))
      .body
    t.equal(attemptCount, 1)
    t.not(nextAttemptAt, null)
  })

  await t.test('by ids: each as it would be alone', async (t) => {
    const { admin, anna, of, attempt } = await scene()
    const { mine, shared } = await of(anna)
    await admin('POST', `/v1/deliveries/${shared}/retry`)
    await attempt(shared, { ...LATER, state: 'sent' })
    const waiting = await of(anna)
    await admin('POST', `/v1/deliveries/${waiting.mine}/retry`)
    const unknown = randomUUID()
    const deliveryIds = [shared, mine, unknown, waiting.mine]
    const { status, body } = await admin('POST', '/v1/deliveries/retry', { deliveryIds })
    t.equal(status, 200)
    t.strictSame(
      body.results.map(({ deliveryId, outcome, problem }) => [
        deliveryId,
        outcome,
        problem?.status ?? null
      ]),
      [
        [shared, 'refused', 409],
        [mine, 'changed', null],
        [unknown, 'refused', 404],
        [waiting.mine, 'changed', null]
      ]
    )
    for (const { deliveryId, problem } of body.results.filter(({ problem }) => problem)) {
      const alone = await admin('POST', `/v1/deliveries/${deliveryId}/retry`)
      t.strictSame(problem, { ...alone.problem, instance: problem?.instance }, 'as alone')
      t.type(problem?.code, 'string')
    }
    t.equal(body.left, 0)
    const mixed = await admin('POST', '/v1/deliveries/retry', {
      deliveryIds,
      failedTo: '2030-01-01T00:00:00Z'
    })
    t.equal(mixed.status, 422)
  })

  await t.test('a member retries those of the leads that they see', async (t) => {
    const { anna, ben, of, stateOf } = await scene()
    const [hers, his] = [await of(anna), await of(ben)]
    const { body } = await anna.call('POST', '/v1/deliveries/retry', {})
    t.strictSame(
      body.results.map(({ deliveryId }) => deliveryId).toSorted(),
      [hers.mine, hers.shared].toSorted()
    )
    t.equal(await stateOf(his.mine), 'failed')
    const others = await anna.call('POST', '/v1/deliveries/retry', { deliveryIds: [his.mine] })
    t.hasStrict(others.body.results, [{ outcome: 'refused', problem: { status: 404 } }])
  })

  // Guards the order of locks: without it two that retry the same wait for each other.
  await t.test('a thousand each request, at the same moment, each once', async (t) => {
    const { id: dealerId, admin } = await scene()
    await database.db.transaction(dealerId, async (tx) => {
      const deliveries = Array.from({ length: 1100 }, () => mailTo('dealer_mail', 'a@dealer.test'))
      await createDeliveries(tx, {
        leadId: null,
        deliveries,
        mailDomain: 'x.test',
        now: new Date()
      })
      await tx.orm.execute(
        sql`update deliveries set state = 'failed', next_attempt_at = null where dealer_id = ${dealerId}`
      )
    })
    const one = (await admin('POST', '/v1/deliveries/retry', {})).body
    t.equal(one.results.length, 1000)
    t.equal(one.left, 100)
    const both = await Promise.all([
      admin('POST', '/v1/deliveries/retry', {}),
      admin('POST', '/v1/deliveries/retry', {})
    ])
    const ids = both.flatMap(({ body }) => body.results.map(({ deliveryId }) => deliveryId))
    t.equal(ids.length, 100)
    t.equal(new Set(ids).size, 100)
    t.ok(both.every(({ body }) => body.left === 0))
  })
})
