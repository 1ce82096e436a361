import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { must, only } from '../../../support/must.ts'
import { findSaleStatusIds } from '../../../support/sales.ts'

void t.test('the sale of a user’s client or opportunity, of another’s lead', async (t) => {
  const { createDealer } = await createTestApp(t)

  /** Olga has the lead; Sara is responsible for its client and opportunity, and wins that. */
  const prepare = async () => {
    const dealer = await createDealer()
    const sara = await dealer.withUser({ name: 'Sara' })
    const olga = await dealer.withUser({ name: 'Olga' })
    const lead = await postLead(dealer.admin, { assignee: olga.id })
    const body = { responsibleUserId: sara.id, planActivity: false, opportunity: {} }
    const made = (await dealer.admin('POST', `/v1/leads/${lead.id}/convert`, body)).body
    const url = `/v1/opportunities/${must(made.opportunity).id}` as const
    const won = await sara.call('PATCH', url, { stage: 'won' })
    t.equal(won.status, 200, won.text)
    return { ...dealer, sara, olga, lead, url, client: made.client, saleId: must(won.body.saleId) }
  }

  await t.test('is theirs to read and to undo', async (t) => {
    const { sara, client, saleId, url } = await prepare()
    const sale = await sara.call('GET', `/v1/sales/${saleId}`)
    t.equal(sale.status, 200)
    const { data } = (await sara.call('GET', `/v1/sales?client=${client.id}`)).body
    t.equal(only(data).id, saleId)
    const path = `/v1/operations/${sale.body.operationId}/undo` as const
    const undone = await sara.call('POST', path)
    t.equal(undone.status, 200, undone.text)
    t.not((await sara.call('GET', url)).body.stage, 'won')
  })

  await t.test('is theirs to cancel; then the opportunity may be lost', async (t) => {
    const { sara, saleId, url } = await prepare()
    const { Cancelled: statusId } = await findSaleStatusIds(sara.call)
    const cancelled = await sara.call('PATCH', `/v1/sales/${saleId}`, { statusId })
    t.equal(cancelled.status, 200, cancelled.text)
    const lost = await sara.call('PATCH', url, { stage: 'lost', closeReason: 'Too dear' })
    t.equal(lost.status, 200, lost.text)
  })

  await t.test(
    'stays readable after its lead went to another, and is undone once it is back',
    async (t) => {
      const { admin, sara, withUser, client, saleId, url } = await prepare()
      const { operationId } = (await sara.call('GET', `/v1/sales/${saleId}`)).body
      const stan = await withUser({ name: 'Stan' })
      const path = `/v1/operations/${must(operationId)}/undo` as const
      for (const { id } of [stan, sara]) {
        const to = { responsibleUserId: id }
        t.equal((await admin('PATCH', `/v1/clients/${client.id}`, to)).status, 200)
        t.equal((await admin('PATCH', url, to)).status, 200)
        t.equal((await sara.call('GET', `/v1/sales/${saleId}`)).status, 200, 'the credit is hers')
        const { status } = await stan.call('GET', `/v1/sales/${saleId}`)
        t.equal(status, id === stan.id ? 200 : 404)
        // The sold lead went along with the client: who has it now decides about it.
        if (id === stan.id) t.equal((await sara.call('POST', path)).status, 409)
      }
      t.equal((await sara.call('POST', path)).status, 200)
    }
  )

  await t.test('is closed to those who only have a part of its credit', async (t) => {
    const { admin, withUser } = await createDealer()
    const promoting = await withUser()
    const { code } = (await promoting.call('POST', '/v1/referral-links', {})).body
    const other = await withUser()
    const lead = await postLead(admin, { referralCode: code })
    await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: other.id })
    const made = (await admin('POST', `/v1/leads/${lead.id}/convert`, { opportunity: {} })).body
    const url = `/v1/opportunities/${must(made.opportunity).id}` as const
    const { saleId } = (await admin('PATCH', url, { stage: 'won' })).body
    const { Working: statusId } = await findSaleStatusIds(admin)
    const refused = await promoting.call('PATCH', `/v1/sales/${must(saleId)}`, { statusId })
    t.equal(refused.status, 403)
    t.match(refused.problem.detail, /A part of the credit is not enough/)
  })
})
