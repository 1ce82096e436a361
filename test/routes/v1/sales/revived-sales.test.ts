import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { findSaleStatusIds, moveTo, salesOf, sell } from '../../../support/sales.ts'
import type { Caller } from '../../../support/response.ts'
import { must } from '../../../support/must.ts'

void t.test('a cancelled sale that is to count again', async (t) => {
  const { createDealer } = await createTestApp(t)
  const withSale = async () => {
    const { admin } = await createDealer()
    const statuses = await findSaleStatusIds(admin)
    const become = async (saleId: string, name: string) => {
      const body = { statusId: statuses[name] }
      const { status, problem } = await admin('PATCH', `/v1/sales/${saleId}`, body)
      return [status, status === 200 ? null : problem.code]
    }
    return { admin, become }
  }
  const dealOf = async (admin: Caller, lead: { id: string }) => {
    await admin('POST', `/v1/leads/${lead.id}/convert`, {
      planActivity: false,
      opportunity: { name: 'A car' }
    })
    return must((await admin('GET', `/v1/opportunities?lead=${lead.id}`)).body.data[0])
  }

  await t.test('counts again, and its lead is sold', async (t) => {
    const { admin, become } = await withSale()
    const { lead, sale } = await sell(admin)
    const groupOf = async () => (await admin('GET', `/v1/leads/${lead.id}`)).body.status.group
    t.strictSame(await become(sale.id, 'Cancelled'), [200, null])
    t.equal(await groupOf(), 'new')
    await moveTo(admin, lead.id, 'working')
    t.strictSame(await become(sale.id, 'Fulfilled'), [200, null])
    t.equal(await groupOf(), 'sold')
    t.hasStrict(await salesOf(admin, lead.id), [{ soldAt: sale.soldAt, id: sale.id }])
    const undone = await admin('POST', `/v1/operations/${sale.operationId}/undo`)
    t.equal(undone.status, 200, undone.text)
    t.equal(await groupOf(), 'working', 'where it stood in between')
  })

  await t.test('409 where the lead is lost or deleted', async (t) => {
    const { admin, become } = await withSale()
    for (const [group, code] of [
      ['lost', 'lead-not-sold'],
      ['deleted', 'lead-deleted']
    ] as const) {
      const { lead, sale } = await sell(admin)
      await become(sale.id, 'Cancelled')
      await moveTo(admin, lead.id, group)
      t.strictSame(await become(sale.id, 'New'), [409, code], group)
      await moveTo(admin, lead.id, 'sold')
      t.hasStrict(await salesOf(admin, lead.id), [{ status: { group: 'open' } }])
    }
  })

  await t.test('409 where its opportunity is lost', async (t) => {
    const { admin, become } = await withSale()
    const lead = await postLead(admin)
    const { id } = await dealOf(admin, lead)
    await admin('PATCH', `/v1/opportunities/${id}`, { stage: 'won' })
    const sale = must((await salesOf(admin, lead.id))[0])
    await become(sale.id, 'Cancelled')
    await admin('PATCH', `/v1/opportunities/${id}`, { stage: 'lost', closeReason: 'Too dear' })
    t.strictSame(await become(sale.id, 'New'), [409, 'opportunity-lost'])
    t.equal((await admin('PATCH', `/v1/opportunities/${id}`, { stage: 'won' })).status, 200)
    t.hasStrict(await salesOf(admin, lead.id), [{ status: { group: 'open' } }])
  })
})
