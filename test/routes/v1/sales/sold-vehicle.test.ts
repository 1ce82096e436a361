import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import { findStatusIds, openConnections, postLead } from '../../../support/leads.ts'
import { must, only } from '../../../support/must.ts'
import type { Caller } from '../../../support/response.ts'
import { findSaleStatusIds, moveTo, salesOf, sell } from '../../../support/sales.ts'

const VIN = 'WVWZZZ1JZXW000001'
const car = (words: object) => ({ vehicles: [{ interest: 'buy', make: 'Kia', ...words }] })

void t.test('a vehicle is sold once, unless a second sale is meant', async (t) => {
  const { createDealer } = await sharedTestApp()
  /** Tries to sell a lead, and tells what it got. */
  const trySell = async (call: Caller, leadId: string, words: object = {}) => {
    const statusId = must((await findStatusIds(call)).sold)
    return await call('POST', `/v1/leads/${leadId}/status`, { statusId, ...words })
  }

  await t.test('409 names the other sale and keeps nothing', async (t) => {
    const { admin, withUser } = await createDealer()
    const first = await sell(admin, car({ vin: VIN, stockNumber: 'U1' }))
    const anna = await withUser()
    const second = await postLead(admin, { assignee: anna.id, ...car({ vin: VIN.toLowerCase() }) })
    const refused = await trySell(admin, second.id)
    t.equal(refused.status, 409, refused.text)
    t.equal(refused.problem.type, 'urn:leadyard:problem:vehicle-sold')
    t.strictSame(refused.problem.sales, [{ id: first.sale.id, leadId: first.lead.id }])
    t.strictSame((await trySell(anna.call, second.id)).problem.sales, [], 'not hers to see')
    t.strictSame(await salesOf(admin, second.id), [])
    t.equal((await admin('GET', `/v1/leads/${second.id}`)).body.status.group, 'new')
    const allowed = await trySell(admin, second.id, { allowDuplicate: true })
    t.equal(allowed.status, 200, allowed.text)
    t.equal((await salesOf(admin, second.id)).length, 1)
  })

  await t.test('by VIN, else by stock number', async (t) => {
    const { admin } = await createDealer()
    await sell(admin, car({ vin: VIN, stockNumber: 'U1' }))
    for (const [words, status] of [
      [{ stockNumber: 'u1' }, 409],
      [{ stockNumber: 'U1', vin: 'WVWZZZ1JZXW000002' }, 200],
      [{ stockNumber: 'U2', vin: VIN }, 409],
      [{ stockNumber: 'U2' }, 200],
      [{}, 200],
      [{}, 200]
    ] as const) {
      const { id } = await postLead(admin, car(words))
      t.equal((await trySell(admin, id)).status, status, JSON.stringify(words))
    }
    const other = (await createDealer()).admin
    await sell(other, car({ vin: VIN }))
  })

  await t.test('a sale that was cancelled or undone is none', async (t) => {
    const { admin } = await createDealer()
    const first = await sell(admin, car({ vin: VIN }))
    await moveTo(admin, first.lead.id, 'working')
    const second = await sell(admin, car({ vin: VIN }))
    t.equal((await trySell(admin, first.lead.id)).status, 409)
    const open = must((await findSaleStatusIds(admin)).New)
    const url = `/v1/sales/${first.sale.id}` as const
    const revived = await admin('PATCH', url, { statusId: open })
    t.equal(revived.problem.type, 'urn:leadyard:problem:vehicle-sold')
    const undone = await admin('POST', `/v1/operations/${second.sale.operationId}/undo`)
    t.equal(undone.status, 200, undone.text)
    t.equal((await admin('PATCH', url, { statusId: open })).status, 200)
  })

  await t.test('nor by a won opportunity, or another vehicle of a sale', async (t) => {
    const { admin } = await createDealer()
    await sell(admin, car({ vin: VIN }))
    const lead = await postLead(admin, car({ vin: VIN }))
    const made = await admin('POST', `/v1/leads/${lead.id}/convert`, { opportunity: {} })
    const url = `/v1/opportunities/${must(made.body.opportunity).id}` as const
    const won = await admin('PATCH', url, { stage: 'won' })
    t.equal(won.problem.type, 'urn:leadyard:problem:vehicle-sold')
    t.equal((await admin('GET', url)).body.stage, must(made.body.opportunity).stage)
    const deal = { name: 'Second', leadId: lead.id, stage: 'won' }
    t.equal((await admin('POST', '/v1/opportunities', deal)).status, 409)
    const allowed = await admin('PATCH', url, { stage: 'won', allowDuplicate: true })
    t.equal(allowed.status, 200, allowed.text)
    t.equal((await salesOf(admin, lead.id)).length, 1)

    const other = await sell(admin, car({ stockNumber: 'U7' }))
    const sale = `/v1/sales/${other.sale.id}` as const
    t.equal((await admin('PATCH', sale, { vehicle: { vin: VIN } })).status, 409)
    t.equal(only(await salesOf(admin, other.lead.id)).vehicle?.vin ?? null, null)
    const meant = await admin('PATCH', sale, { vehicle: { vin: VIN }, allowDuplicate: true })
    t.equal(meant.status, 200, meant.text)
    const amount = { amount: '1.00', currency: 'PLN' }
    t.equal((await admin('PATCH', sale, { amount })).status, 200, 'other changes are free')
  })

  // Without the lock of the vehicle both find no other sale.
  await t.test('of two at once one is kept', async (t) => {
    const { admin } = await createDealer()
    const leads = [
      await postLead(admin, car({ vin: VIN })),
      await postLead(admin, car({ vin: VIN }))
    ]
    await openConnections(admin)
    const answers = await Promise.all(leads.map(({ id }) => trySell(admin, id)))
    t.strictSame(answers.map(({ status }) => status).toSorted(), [200, 409])
  })
})
