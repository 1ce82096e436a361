import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import {
  eventsOf,
  findSaleStatusIds,
  moveTo,
  salesOf,
  sell,
  signUp
} from '../../../support/sales.ts'
import { nextPage } from '../../../support/response.ts'
import { must } from '../../../support/must.ts'

const CAR = {
  ...{ interest: 'buy', condition: 'used', make: 'Kia', model: 'Ceed' },
  price: { amount: '79900.00', currency: 'PLN' }
}

void t.test('sales', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('a sale keeps what its lead told as it was sold', async (t) => {
    const { admin, withUser } = await createDealer()
    const user = await withUser()
    const { id: promoterId, code } = await signUp(admin)
    const { id: leadId } = await postLead(admin, {
      referralCode: code,
      vehicles: [{ interest: 'trade-in', make: 'Opel' }, CAR]
    })
    await admin('POST', `/v1/leads/${leadId}/assign`, { assigneeId: user.id })
    const converted = (await admin('POST', `/v1/leads/${leadId}/convert`, {})).body
    const clientId = converted.client.id
    const lead = await moveTo(admin, leadId, 'sold')
    const [sale] = await salesOf(admin, leadId)
    t.hasStrict(sale, {
      ...{ leadId, clientId, promoterId, userId: user.id },
      opportunityId: null,
      sourceId: lead.source.id,
      referralLinkId: must(lead.referralLink).id,
      amount: CAR.price,
      undoneAt: null
    })
    t.equal(sale?.vehicle?.model, 'Ceed')
    const [event] = await eventsOf(admin, 'sale.recorded')
    const { operationId } = must(sale)
    t.hasStrict(event, {
      subject: { type: 'sale', id: must(sale).id },
      leadId,
      clientId,
      data: { operationId, userId: user.id, promoterId }
    })
    t.strictSame((await admin('GET', `/v1/sales/${must(sale).id}`)).body, sale)

    await admin('POST', `/v1/leads/${leadId}/assign`, { assigneeId: null })
    t.strictSame((await salesOf(admin, leadId))[0], sale, 'whoever has the lead then')
    await moveTo(admin, leadId, 'working')
    t.hasStrict((await salesOf(admin, leadId))[0], { status: { group: 'cancelled' }, version: 2 })
    const unlinked = await admin('POST', `/v1/leads/${leadId}/unlink`)
    t.equal(unlinked.status, 201)
    t.hasStrict((await salesOf(admin, leadId))[0], { clientId: null, version: 3 })
    await admin('POST', `/v1/leads/${leadId}/link`, { clientId })
    t.hasStrict((await salesOf(admin, leadId))[0], { clientId, version: 4 }, 'it follows the lead')
  })

  await t.test('the only open deal gives its amount', async (t) => {
    const { admin } = await createDealer()
    const { id: leadId } = await postLead(admin, { vehicles: [CAR] })
    const { client } = (await admin('POST', `/v1/leads/${leadId}/convert`, {})).body
    const amount = { amount: '75500.00', currency: 'PLN' }
    const add = async (words: object) => {
      const deal = { name: 'A van', clientId: client.id, ...words }
      return (await admin('POST', '/v1/opportunities', deal)).body.id
    }
    await add({ stage: 'lost', closeReason: 'Too dear' })
    const opportunityId = await add({ amount })
    await moveTo(admin, leadId, 'sold')
    t.hasStrict((await salesOf(admin, leadId))[0], { opportunityId, amount })
    const deal = (await admin('GET', `/v1/opportunities/${opportunityId}`)).body
    t.equal(deal.stage, 'won', 'it has a sale')
  })

  await t.test('credit is for who was a promoter as the lead came', async (t) => {
    const { admin } = await createDealer()
    const creditOf = async (steps: ('lead' | 'removed' | 'active')[]) => {
      const { id, code } = await signUp(admin)
      let leadId = ''
      for (const step of steps) {
        if (step === 'lead') leadId = (await postLead(admin, { referralCode: code })).id
        else await admin('PATCH', `/v1/promoters/${id}`, { state: step })
      }
      const lead = await moveTo(admin, leadId, 'sold')
      t.equal(lead.promoter?.id, id, 'the lead says who brought it')
      return must((await salesOf(admin, leadId))[0]).promoterId === id
    }
    t.equal(await creditOf(['lead']), true)
    t.equal(await creditOf(['lead', 'removed']), true, 'removed after it came')
    t.equal(await creditOf(['removed', 'lead']), false, 'removed before')
    t.equal(await creditOf(['removed', 'lead', 'active']), true, 'and taken back')
  })

  await t.test('lists are by time, and narrowed', async (t) => {
    const { admin, withUser } = await createDealer()
    const user = await withUser()
    const { id: promoter, code } = await signUp(admin)
    const first = (await sell(admin, { assignee: user.id })).sale
    const second = (await sell(admin, { referralCode: code })).sale
    const third = (await sell(admin)).sale
    await admin('POST', `/v1/operations/${third.operationId}/undo`)
    const ids = async (query: string) => {
      const { body } = await admin('GET', `/v1/sales?${query}`)
      return body.data.map(({ id }: { id: string }) => id)
    }
    t.strictSame(await ids(''), [second.id, first.id])
    t.strictSame(await ids('sort=soldAt&undone=true'), [first.id, second.id, third.id])
    t.strictSame(await ids(`user=${user.id}`), [first.id])
    t.strictSame(await ids(`promoter=${promoter}`), [second.id])
    t.strictSame(await ids(`lead=${first.leadId}`), [first.id])
    t.strictSame(await ids(`status=${first.status.id}`), [second.id, first.id])
    t.strictSame(await ids(`client=${first.id}`), [])
    t.strictSame(await ids(`soldFrom=${second.soldAt}`), [second.id])
    t.strictSame(await ids(`soldTo=${second.soldAt}`), [first.id])
    const page = await admin('GET', '/v1/sales?limit=1')
    const next = must(nextPage(page))
    t.strictSame((await admin('GET', next)).body.data[0].id, first.id)
  })

  await t.test('PATCH: status, amount, vehicle; credit by admins; 412, 422, 404', async (t) => {
    const { admin, withUser, withKey } = await createDealer()
    const user = await withUser()
    const idle = await withUser({ routing: { active: false } })
    const { sale } = await sell(admin, { assignee: user.id, vehicles: [CAR] })
    const url = `/v1/sales/${sale.id}` as const
    const { Working: statusId } = await findSaleStatusIds(admin)
    const amount = { amount: '78500.50', currency: 'EUR' }
    const vehicle = { vin: 'U5YH1', make: null }
    const changed = await user.call('PATCH', url, { statusId, amount, vehicle })
    t.hasStrict(changed.body, { status: { id: statusId, name: 'Working' }, amount, version: 2 })
    t.hasStrict(changed.body.vehicle, { model: 'Ceed', vin: 'U5YH1', make: null })
    const [event] = (await eventsOf(admin, 'sale.updated')).slice(-1)
    t.hasStrict(event?.data, { fromStatusId: sale.status.id, toStatusId: statusId })
    t.equal((await admin('PATCH', url, { amount: null }, { 'if-match': '"1"' })).status, 412)
    t.hasStrict((await admin('PATCH', url, { amount: null, vehicle: null })).body, {
      amount: null,
      vehicle: null
    })

    const wrong = async (body: object) =>
      (await admin('PATCH', url, body)).problem.errors?.[0]?.pointer
    t.equal(await wrong({ statusId: user.id }), '/statusId')
    t.equal(await wrong({ userId: sale.id }), '/userId')
    t.equal(await wrong({ userId: idle.id }), '/userId', 'nobody that is gone')
    t.equal(await wrong({ amount: { amount: '1.005', currency: 'PLN' } }), '/amount/amount')
    t.equal(await wrong({ soldAt: sale.soldAt }), '/soldAt')
    t.equal((await user.call('PATCH', url, { userId: null })).status, 403)
    t.equal((await (await withKey(['write']))('PATCH', url, { userId: null })).status, 403)
    t.equal((await admin('PATCH', url, { userId: null })).body.userId, null)
    t.equal((await user.call('GET', url)).status, 200, 'the lead is still theirs')

    const other = await withUser()
    t.equal((await other.call('GET', url)).status, 404)
    t.equal((await other.call('PATCH', url, { amount })).status, 404)
    t.strictSame((await other.call('GET', '/v1/sales')).body.data, [])
    await admin('PATCH', url, { userId: other.id })
    t.equal((await other.call('GET', url)).status, 200, 'credited to them')
    t.equal((await user.call('GET', '/v1/sales')).body.data.length, 1)
  })

  await t.test('a sale of a lead that was handed over can be read, and not changed', async (t) => {
    const { admin, withUser } = await createDealer()
    const [anna, olek] = [await withUser(), await withUser()]
    const { id } = await postLead(admin, { assignee: anna.id })
    const offer = await anna.call('POST', `/v1/leads/${id}/handovers`, { toUserId: olek.id })
    await olek.call('POST', `/v1/handovers/${offer.body.id}/accept`)
    await moveTo(admin, id, 'sold')
    const url = `/v1/sales/${must((await salesOf(admin, id))[0]).id}` as const
    t.equal((await anna.call('GET', url)).status, 200)
    t.equal((await anna.call('PATCH', url, { amount: null })).status, 403)
    t.equal((await olek.call('PATCH', url, { amount: null })).status, 200)
  })
})
