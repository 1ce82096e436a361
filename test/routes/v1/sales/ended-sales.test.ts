import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { must, only } from '../../../support/must.ts'
import type { Caller } from '../../../support/response.ts'
import {
  eventsOf,
  findSaleStatusIds,
  ledgerOf,
  moveTo,
  salesOf,
  sell,
  signUp,
  startProgramme
} from '../../../support/sales.ts'

/** A converted lead whose opportunity came to `offer` and was then won. */
async function wonDeal(admin: Caller) {
  const lead = await postLead(admin)
  const made = await admin('POST', `/v1/leads/${lead.id}/convert`, { opportunity: {} })
  const url = `/v1/opportunities/${must(made.body.opportunity).id}` as const
  await admin('PATCH', url, { stage: 'offer' })
  const won = await admin('PATCH', url, { stage: 'won' })
  t.equal(won.status, 200, won.text)
  const read = async () => {
    const deal = (await admin('GET', url)).body
    const { group } = (await admin('GET', `/v1/leads/${lead.id}`)).body.status
    const sale = only(await salesOf(admin, lead.id))
    return {
      ...{ lead: group, stage: deal.stage, reason: deal.closeReason, saleId: deal.saleId },
      sale: sale.status.group
    }
  }
  const saleId = only(await salesOf(admin, lead.id)).id
  return { lead, url, saleId, read, undone: { reason: null, saleId: null, sale: 'cancelled' } }
}

void t.test('a sale that ends ends in all its records', async (t) => {
  const { createDealer } = await createTestApp(t)
  const cancel = async (admin: Caller, saleId: string, name = 'Cancelled') => {
    const statusId = (await findSaleStatusIds(admin))[name]
    return await admin('PATCH', `/v1/sales/${saleId}`, { statusId })
  }

  await t.test('cancelled by itself: the lead and the opportunity stand as before', async (t) => {
    const { admin } = await createDealer()
    const { lead, url, saleId, read, undone } = await wonDeal(admin)
    t.equal((await cancel(admin, saleId)).status, 200)
    t.strictSame(await read(), { ...undone, lead: 'converted', stage: 'offer' })
    const moves = (await eventsOf(admin, 'lead.status_changed')).map(({ data }) => data.code)
    t.strictSame(moves.slice(-1), ['sale_cancelled'])
    const closed = { stage: 'lost', closeReason: 'No money', closeLead: true }
    t.equal((await admin('PATCH', url, closed)).status, 200)
    t.equal((await read()).lead, 'lost', 'it is closed on request')
    const { body } = await admin('GET', `/v1/leads/${lead.id}/timeline`)
    const told = body.data.map(({ sentence }) => sentence)
    t.ok(told.includes('The sale was cancelled.'), told.join('\n'))
  })

  await t.test('counted again: both are sold again, and end again', async (t) => {
    const { admin } = await createDealer()
    const { lead, saleId, read, undone } = await wonDeal(admin)
    await cancel(admin, saleId)
    t.equal((await cancel(admin, saleId, 'New')).status, 200)
    t.hasStrict(await read(), { lead: 'sold', stage: 'won', sale: 'open', saleId })
    const { operationId } = only(await salesOf(admin, lead.id))
    await cancel(admin, saleId)
    t.strictSame(await read(), { ...undone, lead: 'converted', stage: 'offer' })
    await cancel(admin, saleId, 'Fulfilled')
    t.equal((await admin('POST', `/v1/operations/${operationId}/undo`)).status, 200)
    t.hasStrict(await read(), { lead: 'converted', stage: 'offer', saleId: null })
  })

  await t.test('by a move of the lead', async (t) => {
    const { admin } = await createDealer()
    const ids = await findStatusIds(admin)
    const { id: promoterId } = await signUp(admin)
    await startProgramme(admin, 'recorded')
    for (const [group, stage] of [
      ['working', 'offer'],
      ['lost', 'lost'],
      ['deleted', 'offer']
    ] as const) {
      const { lead, read, undone } = await wonDeal(admin)
      const move = { statusId: must(ids[group]), reason: 'Bought a bicycle' }
      const moved = await admin('POST', `/v1/leads/${lead.id}/status`, move)
      t.equal(moved.status, 200, moved.text)
      const reason = group === 'lost' ? 'Bought a bicycle' : null
      t.strictSame(await read(), { ...undone, lead: group, stage, reason })
    }
    t.equal((await ledgerOf(admin, promoterId)).balance.balance, 0)
  })

  await t.test('not by a move of many, whose undo could not restore them', async (t) => {
    const { admin } = await createDealer()
    const ids = await findStatusIds(admin)
    const { lead, read } = await wonDeal(admin)
    const other = await postLead(admin)
    const before = await read()
    for (const group of ['working', 'lost', 'deleted'] as const) {
      const move = { statusId: must(ids[group]), reason: 'Bought a bicycle' }
      const leadIds = [lead.id, other.id]
      const { body } = await admin('POST', '/v1/leads/status', { leadIds, ...move })
      t.strictSame(
        body.results.map(({ outcome, problem }) => [outcome, problem?.status]),
        [
          ['refused', 409],
          ['changed', undefined]
        ],
        group
      )
      t.match(body.results[0]?.problem?.detail, /cancel its sale/)
      t.strictSame(await read(), before)
      const undone = await admin('POST', `/v1/operations/${must(body.operationId)}/undo`)
      t.equal(undone.status, 200, undone.text)
    }
  })

  await t.test('its points and what is counted go with it', async (t) => {
    const { admin } = await createDealer()
    const { id: promoterId, code } = await signUp(admin)
    await startProgramme(admin, 'recorded')
    const soldOf = async () => {
      const { body } = await admin('GET', '/v1/reports/sources')
      return body.total.sold
    }
    const { lead } = await sell(admin, { referralCode: code })
    t.strictSame([await soldOf(), (await ledgerOf(admin, promoterId)).balance.balance], [1, 500])
    await moveTo(admin, lead.id, 'working')
    t.strictSame([await soldOf(), (await ledgerOf(admin, promoterId)).balance.balance], [0, 0])
  })

  await t.test('with the status that sales or leads had, when it is deleted', async (t) => {
    const { admin } = await createDealer()
    const sales = await findSaleStatusIds(admin)
    const ids = await findStatusIds(admin)
    const first = await wonDeal(admin)
    await cancel(admin, first.saleId, 'Working')
    const gone = `/v1/sale-statuses/${must(sales.Working)}?replacementId=${must(sales.Cancelled)}`
    t.equal((await admin('DELETE', gone as '/v1/sale-statuses/{id}')).status, 204)
    t.strictSame(await first.read(), { ...first.undone, lead: 'converted', stage: 'offer' })
    const second = await wonDeal(admin)
    const url = `/v1/statuses/${must(ids.sold)}` as const
    const refused = await admin('PATCH', url, { group: 'working' })
    t.equal(refused.status, 409, 'its leads have sales')
    t.equal((await admin('DELETE', `${url}?replacementId=${must(ids.working)}`)).status, 204)
    t.strictSame(await second.read(), { ...second.undone, lead: 'working', stage: 'offer' })
  })

  await t.test('409 where the lead has no way back', async (t) => {
    const { admin } = await createDealer()
    const odd = (await admin('POST', '/v1/statuses', { name: 'Odd', group: 'working' })).body.id
    const { id } = await postLead(admin)
    await admin('POST', `/v1/leads/${id}/status`, { statusId: odd })
    await moveTo(admin, id, 'sold')
    t.equal((await admin('DELETE', `/v1/statuses/${odd}`)).status, 204)
    const sale = only(await salesOf(admin, id))
    const refused = await cancel(admin, sale.id)
    t.equal(refused.status, 409)
    t.match(refused.problem.detail, /POST \/v1\/leads\/\{id\}\/status/)
    await moveTo(admin, id, 'working')
    t.hasStrict(await salesOf(admin, id), [{ status: { group: 'cancelled' } }])
  })

  await t.test('409 where a lead to close is sold by another deal', async (t) => {
    const { admin } = await createDealer()
    const { lead, read } = await wonDeal(admin)
    const body = { name: 'Second', leadId: lead.id }
    const second = (await admin('POST', '/v1/opportunities', body)).body
    const lost = { stage: 'lost', closeReason: 'No money' }
    const url = `/v1/opportunities/${second.id}` as const
    const refused = await admin('PATCH', url, { ...lost, closeLead: true })
    t.equal(refused.status, 409)
    t.match(refused.problem.detail, /Leave out closeLead/)
    t.equal((await admin('PATCH', url, lost)).status, 200)
    t.hasStrict(await read(), { lead: 'sold', stage: 'won' })
  })
})
