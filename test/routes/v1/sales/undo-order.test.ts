import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { must, only } from '../../../support/must.ts'
import { moveTo, salesOf } from '../../../support/sales.ts'

void t.test('a sale is undone by what belongs to it, not by what came last', async (t) => {
  const { createDealer } = await createTestApp(t)

  await t.test('with the opportunity of its lead that was won after it', async (t) => {
    const { admin } = await createDealer()
    const lead = await postLead(admin)
    const url = `/v1/leads/${lead.id}` as const
    const made = (await admin('POST', `${url}/convert`, { opportunity: {} })).body
    await moveTo(admin, lead.id, 'sold')
    const deal = `/v1/opportunities/${must(made.opportunity).id}` as const
    const won = await admin('PATCH', deal, { stage: 'won' })
    t.equal(won.status, 200, won.text)
    const sale = only(await salesOf(admin, lead.id))
    t.equal(won.body.saleId, sale.id, 'one sale')
    const undone = await admin('POST', `/v1/operations/${sale.operationId}/undo`)
    t.equal(undone.status, 200, undone.text)
    t.equal((await admin('GET', url)).body.status.group, 'converted')
    t.hasStrict((await admin('GET', deal)).body, { stage: 'discovery', saleId: null })
    const back = await admin('POST', `/v1/operations/${made.operationId}/undo`)
    t.equal(back.status, 200, back.text)
  })

  await t.test('before a client and an opportunity that the lead got after it', async (t) => {
    const { admin } = await createDealer()
    const lead = await postLead(admin)
    const url = `/v1/leads/${lead.id}` as const
    await moveTo(admin, lead.id, 'sold')
    const made = (await admin('POST', `${url}/convert`, { opportunity: {} })).body
    const deal = `/v1/opportunities/${must(made.opportunity).id}` as const
    const won = await admin('PATCH', deal, { stage: 'won' })
    t.equal(won.status, 200, won.text)
    const sale = only(await salesOf(admin, lead.id))
    t.equal(won.body.saleId, sale.id, 'one sale')
    const undone = await admin('POST', `/v1/operations/${sale.operationId}/undo`)
    t.equal(undone.status, 200, undone.text)
    const { status, client } = (await admin('GET', url)).body
    t.strictSame([status.group, client?.id], ['converted', made.client.id])
    t.hasStrict((await admin('GET', deal)).body, { stage: 'discovery', saleId: null })
    const back = await admin('POST', `/v1/operations/${made.operationId}/undo`)
    t.equal(back.status, 200, back.text)
    t.hasStrict((await admin('GET', url)).body, { client: null, status: { group: 'new' } })
  })

  await t.test('with an opportunity that was made after it', async (t) => {
    const { admin } = await createDealer()
    const lead = await postLead(admin)
    const url = `/v1/leads/${lead.id}` as const
    await admin('POST', `${url}/convert`, {})
    await moveTo(admin, lead.id, 'sold')
    const made = await admin('POST', '/v1/opportunities', {
      ...{ name: 'The deal', leadId: lead.id, stage: 'won' }
    })
    t.equal(made.status, 201, made.text)
    const sale = only(await salesOf(admin, lead.id))
    const undone = await admin('POST', `/v1/operations/${sale.operationId}/undo`)
    t.equal(undone.status, 200, undone.text)
    const { body } = await admin('GET', `/v1/opportunities/${made.body.id}`)
    t.hasStrict(body, { stage: 'discovery', saleId: null })
  })

  await t.test('after a link of the sold lead was undone', async (t) => {
    const { admin } = await createDealer()
    const lead = await postLead(admin)
    const url = `/v1/leads/${lead.id}` as const
    await moveTo(admin, lead.id, 'sold')
    const contact = { fullName: 'Rita Regular', email: 'rita@example.com' }
    const client = (await admin('POST', '/v1/clients', { contact })).body
    const linked = (await admin('POST', `${url}/link`, { clientId: client.id })).body
    const unlinked = await admin('POST', `/v1/operations/${linked.operationId}/undo`)
    t.equal(unlinked.status, 200, unlinked.text)
    const sale = only(await salesOf(admin, lead.id))
    const undone = await admin('POST', `/v1/operations/${sale.operationId}/undo`)
    t.equal(undone.status, 200, undone.text)
    t.hasStrict((await admin('GET', url)).body, { client: null, status: { group: 'new' } })
  })

  await t.test('not after another change of the lead', async (t) => {
    const { admin } = await createDealer()
    const lead = await postLead(admin)
    await moveTo(admin, lead.id, 'sold')
    await admin('PATCH', `/v1/leads/${lead.id}`, { message: 'Changed' })
    await admin('POST', `/v1/leads/${lead.id}/convert`, {})
    const sale = only(await salesOf(admin, lead.id))
    const refused = await admin('POST', `/v1/operations/${sale.operationId}/undo`)
    t.strictSame([refused.status, refused.problem.changes], [409, ['lead', 'status']])
  })
})
