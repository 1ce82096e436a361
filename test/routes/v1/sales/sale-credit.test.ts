import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

void t.test('the credit for a referral survives a reassignment', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('of a user’s link: both are credited with the sale, and both see it', async (t) => {
    const { admin, withUser } = await createDealer({ referralCreditPercent: 30 })
    const [anna, ben] = [await withUser(), await withUser()]
    const { code } = (await admin('POST', '/v1/referral-links', { userId: anna.id })).body
    const lead = await postLead(admin, { referralCode: code })
    t.equal(lead.assignee?.id, anna.id)
    await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: ben.id })
    const { sold } = await findStatusIds(admin)
    await ben.call('POST', `/v1/leads/${lead.id}/status`, { statusId: must(sold) })
    for (const { call } of [anna, ben]) {
      const { body } = await call('GET', '/v1/sales')
      t.strictSame(
        body.data.map(({ leadId, credits }) => ({ leadId, credits })),
        [
          {
            leadId: lead.id,
            credits: [
              { userId: ben.id, role: 'seller', percent: 70 },
              { userId: anna.id, role: 'referral', percent: 30 }
            ]
          }
        ]
      )
      t.equal((await call('GET', `/v1/leads/${lead.id}`)).status, 200)
    }
    const [sale] = (await admin('GET', '/v1/sales')).body.data
    const changed = await anna.call('PATCH', `/v1/sales/${must(sale).id}`, { amount: null })
    t.equal(changed.status, 403, 'she only sees it')
    await admin('PATCH', '/v1/dealer', { settings: { referralCreditPercent: 80 } })
    const after = (await admin('GET', `/v1/sales/${must(sale).id}`)).body
    t.equal(after.credits[1]?.percent, 30, 'a later setting changes no sale')
  })

  await t.test('and counts by its percentages in the reports on team and incentives', async (t) => {
    const { admin, withUser } = await createDealer({ referralCreditPercent: 30 })
    const [anna, ben] = [await withUser(), await withUser()]
    const { code } = (await admin('POST', '/v1/referral-links', { userId: anna.id })).body
    const rates = [{ measure: 'creditedSales', amount: '99.99' }]
    t.equal((await admin('PUT', '/v1/incentive-rates', { rates })).status, 200)
    const { sold } = await findStatusIds(admin)
    for (const words of [{ referralCode: code }, {}]) {
      const { id } = await postLead(admin, words)
      await admin('POST', `/v1/leads/${id}/assign`, { assigneeId: ben.id })
      await ben.call('POST', `/v1/leads/${id}/status`, { statusId: must(sold) })
    }
    const team = (await admin('GET', '/v1/reports/team')).body.rows
    const of = (id: string) => must(team.find(({ user }) => user.id === id)).creditedSales
    t.strictSame([of(anna.id), of(ben.id)], [0.3, 1.7])
    const paid = (await admin('GET', '/v1/reports/incentives')).body.rows
    const earned = (id: string) => must(paid.find(({ user }) => user.id === id)).total.amount
    t.strictSame([earned(anna.id), earned(ben.id)], ['30.00', '169.98'])
  })

  await t.test('all of it is theirs who sold what they brought', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser()
    const { code } = (await admin('POST', '/v1/referral-links', { userId: anna.id })).body
    const lead = await postLead(admin, { referralCode: code })
    const { sold } = await findStatusIds(admin)
    await anna.call('POST', `/v1/leads/${lead.id}/status`, { statusId: must(sold) })
    const [sale] = (await anna.call('GET', '/v1/sales')).body.data
    t.strictSame(sale?.credits, [{ userId: anna.id, role: 'seller', percent: 100 }])
  })

  await t.test('of a lead that waits is theirs who sell it, and the undo returns it', async (t) => {
    const { admin, withUser, defaultQueueId } = await createDealer()
    const anna = await withUser({ inQueue: true })
    const { sold } = await findStatusIds(admin)
    const waiting = await postLead(admin)
    t.equal(waiting.queue?.id, defaultQueueId)
    const url = `/v1/leads/${waiting.id}` as const
    const moved = await anna.call('POST', `${url}/status`, { statusId: must(sold) })
    t.equal(moved.body.assignee?.id, anna.id)
    const { data } = (await anna.call('GET', '/v1/sales')).body
    t.strictSame(data[0]?.credits, [{ userId: anna.id, role: 'seller', percent: 100 }])
    const undo = `/v1/operations/${must(data[0]).operationId}/undo` as const
    t.equal((await anna.call('POST', undo)).status, 200)
    t.hasStrict((await admin('GET', url)).body, {
      assignee: null,
      queue: { id: defaultQueueId },
      status: { group: 'new' }
    })

    const { client } = (
      await admin('POST', `${url}/link`, {
        clientId: (await admin('POST', '/v1/clients', { contact: { fullName: 'Rita' } })).body.id,
        planActivity: false
      })
    ).body
    await admin('PATCH', `/v1/clients/${client.id}`, { responsibleUserId: anna.id })
    const deal = { name: 'Ceed', clientId: client.id, leadId: waiting.id }
    const { id } = (await anna.call('POST', '/v1/opportunities', deal)).body
    t.equal((await anna.call('PATCH', `/v1/opportunities/${id}`, { stage: 'won' })).status, 200)
    const won = (await admin('GET', `/v1/sales?lead=${waiting.id}`)).body.data
    t.equal(won[0]?.credits[0]?.userId, anna.id)

    const other = await postLead(admin)
    await admin('POST', `/v1/leads/${other.id}/status`, { statusId: must(sold) })
    const ofKey = (await admin('GET', `/v1/sales?lead=${other.id}`)).body.data
    t.strictSame(ofKey[0]?.credits, [], 'a key is no user')
  })

  await t.test(
    'a promoter’s figures are the same for who signed them up and an admin',
    async (t) => {
      const { admin, withUser } = await createDealer()
      const [anna, ben, chief] = [
        await withUser(),
        await withUser(),
        await withUser({ role: 'admin' })
      ]
      await admin('POST', '/v1/reward-programmes', { name: 'W', pointsPerSale: 500, active: true })
      const body = { name: 'Pia', userId: anna.id }
      const promoter = (await admin('POST', '/v1/promoters', body)).body
      const link = (await admin('POST', '/v1/referral-links', { promoterId: promoter.id })).body
      const leads = []
      for (let count = 0; count < 3; count += 1) {
        leads.push(await postLead(admin, { referralCode: link.code }))
      }
      const { sold } = await findStatusIds(admin)
      for (const { id } of leads) {
        await admin('POST', `/v1/leads/${id}/assign`, { assigneeId: ben.id })
      }
      await ben.call('POST', `/v1/leads/${must(leads[0]).id}/status`, { statusId: must(sold) })
      const asked = [
        `/v1/leads?promoter=${promoter.id}`,
        `/v1/sales?promoter=${promoter.id}`,
        `/v1/rewards?promoter=${promoter.id}`,
        `/v1/promoters/${promoter.id}/rewards`,
        '/v1/reports/promoters',
        '/v1/reports/referral-links'
      ]
      for (const url of asked) {
        const [mine, all] = [await anna.call('GET', url), await chief.call('GET', url)]
        t.equal(mine.status, 200, url)
        t.strictSame(mine.body, all.body, url)
      }
      t.equal((await anna.call('GET', must(asked[0]))).body.data.length, 3)
      t.equal((await anna.call('GET', must(asked[1]))).body.data.length, 1)
    }
  )
})
