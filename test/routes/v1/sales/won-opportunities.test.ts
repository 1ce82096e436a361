import { readFile } from 'node:fs/promises'

import t from 'tap'

import { UNDO_OBSTACLES } from '../../../../src/domain/operations/operation.ts'
import { sharedTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import { findSaleStatusIds, moveTo, salesOf } from '../../../support/sales.ts'

/** A converted lead with an opportunity. */
async function deal({ admin }: TestDealer) {
  const lead = await postLead(admin)
  const made = (await admin('POST', `/v1/leads/${lead.id}/convert`, { opportunity: {} })).body
  const url = `/v1/opportunities/${must(made.opportunity).id}` as const
  const patch = (change: object) => admin('PATCH', url, change)
  const groupOf = async () => (await admin('GET', `/v1/leads/${lead.id}`)).body.status.group
  return { lead, made, url, patch, groupOf }
}

void t.test('the end of an opportunity and its lead', async (t) => {
  const { createDealer } = await sharedTestApp()
  const removeGroup = async ({ admin }: TestDealer, group: string) => {
    const ids = await findStatusIds(admin)
    const gone = await admin('DELETE', `/v1/statuses/${must(ids[group])}`)
    t.equal(gone.status, 204, gone.text)
  }

  await t.test(
    '409 where the dealer has no status for the lead, and nothing changes',
    async (t) => {
      const dealer = await createDealer()
      const { lead, patch, url, groupOf } = await deal(dealer)
      await removeGroup(dealer, 'sold')
      await removeGroup(dealer, 'lost')
      const won = await patch({ stage: 'won' })
      t.equal(won.status, 409)
      t.match(won.problem.detail, /no status of group sold/)
      const lost = await patch({ stage: 'lost', closeReason: 'x', closeLead: true })
      t.equal(lost.status, 409)
      t.match(lost.problem.detail, /no status of group lost/)
      const body = { name: 'Second', leadId: lead.id, stage: 'won' }
      t.equal((await dealer.admin('POST', '/v1/opportunities', body)).status, 409)
      t.equal((await dealer.admin('GET', url)).body.version, 1)
      t.equal(await groupOf(), 'converted')
      t.equal((await patch({ stage: 'lost', closeReason: 'x' })).status, 200, 'it needs none')
    }
  )

  await t.test(
    'the sale takes its amount, also later, unless a person has set another',
    async (t) => {
      const dealer = await createDealer()
      const amount = { amount: '79000.00', currency: 'PLN' }
      const own = { amount: '75000.00', currency: 'PLN' }
      for (const isSet of [false, true]) {
        const { lead, patch } = await deal(dealer)
        await moveTo(dealer.admin, lead.id, 'sold')
        const [sale] = await salesOf(dealer.admin, lead.id)
        if (isSet) await dealer.admin('PATCH', `/v1/sales/${must(sale).id}`, { amount: own })
        const won = await patch({ amount, stage: 'won' })
        t.equal(won.status, 200, won.text)
        const [now] = await salesOf(dealer.admin, lead.id)
        t.strictSame(now?.amount, isSet ? own : amount)
        if (isSet) continue
        const undone = await dealer.admin('POST', `/v1/operations/${must(now).operationId}/undo`)
        t.equal(undone.status, 200, undone.text)
      }
    }
  )

  await t.test('409 where the lead is deleted', async (t) => {
    const dealer = await createDealer()
    const { lead, patch, groupOf } = await deal(dealer)
    await moveTo(dealer.admin, lead.id, 'deleted')
    const won = await patch({ stage: 'won' })
    t.equal(won.status, 409)
    t.match(won.problem.detail, /Restore it first/)
    t.equal(await groupOf(), 'deleted')
    t.strictSame(await salesOf(dealer.admin, lead.id), [])
  })

  await t.test('422 where closeLead has no lost lead to close', async (t) => {
    const dealer = await createDealer()
    const { patch, made } = await deal(dealer)
    for (const change of [{}, { stage: 'offer' }, { stage: 'won' }]) {
      const refused = await patch({ ...change, closeLead: true })
      t.equal(refused.status, 422)
      t.equal(refused.problem.errors?.[0]?.pointer, '/closeLead')
    }
    const body = { name: 'Without a lead', clientId: made.client.id }
    const bare = (await dealer.admin('POST', '/v1/opportunities', body)).body
    const change = { stage: 'lost', closeReason: 'x', closeLead: true }
    t.equal((await dealer.admin('PATCH', `/v1/opportunities/${bare.id}`, change)).status, 422)
  })

  await t.test('a lost one closes its lead with a reason of the list', async (t) => {
    const dealer = await createDealer({ statusReasons: 'listed' })
    const { lead, patch } = await deal(dealer)
    const free = await patch({ stage: 'lost', closeReason: 'A bicycle', closeLead: true })
    t.equal(free.problem.errors?.[0]?.pointer, '/closeReason')
    const lost = await patch({ stage: 'lost', closeReason: 'Price too high', closeLead: true })
    t.equal(lost.status, 200, lost.text)
    const { body } = await dealer.admin('GET', `/v1/leads/${lead.id}`)
    t.equal(body.statusReason?.key, 'price')
  })

  await t.test('a won one stays won until its sale is undone', async (t) => {
    const dealer = await createDealer()
    const { lead, patch, groupOf } = await deal(dealer)
    await patch({ stage: 'won' })
    for (const change of [{ stage: 'offer' }, { stage: 'lost', closeReason: 'x' }]) {
      const refused = await patch(change)
      t.equal(refused.status, 409)
      t.match(refused.problem.detail, /Undo the sale first/)
    }
    t.equal((await patch({ name: 'Still won' })).status, 200)
    const [sale] = await salesOf(dealer.admin, lead.id)
    await dealer.admin('POST', `/v1/operations/${must(sale).operationId}/undo`)
    t.equal(await groupOf(), 'converted')
    t.equal((await patch({ stage: 'offer' })).body.saleId, null)
    t.equal((await patch({ stage: 'won' })).status, 200)
    t.equal((await salesOf(dealer.admin, lead.id)).length, 2, 'one that counts')
  })

  await t.test('a cancelled sale frees it, and the lead for another', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const { lead, url, patch, groupOf } = await deal(dealer)
    await patch({ stage: 'won' })
    const [sale] = await salesOf(admin, lead.id)
    const { Cancelled: statusId } = await findSaleStatusIds(admin)
    t.equal((await admin('PATCH', `/v1/sales/${must(sale).id}`, { statusId })).status, 200)
    t.equal((await admin('GET', url)).body.saleId, null)
    t.equal((await patch({ stage: 'lost', closeReason: 'No money' })).status, 200)
    t.equal(await groupOf(), 'converted', 'where it was before it was sold')
    const body = { name: 'Second', leadId: lead.id, stage: 'won' }
    const second = await admin('POST', '/v1/opportunities', body)
    t.equal(second.status, 201, second.text)
    const [again, ...more] = await salesOf(admin, lead.id)
    t.strictSame(more, [])
    t.hasStrict(again, { opportunityId: second.body.id, status: { group: 'open' } })
    t.equal((await admin('GET', url)).body.saleId, null)
    await moveTo(admin, lead.id, 'lost')
    const open = await admin('PATCH', `/v1/opportunities/${second.body.id}`, { stage: 'offer' })
    t.equal(open.status, 200, open.text)
  })

  await t.test('a conversion can be undone after its sale was undone', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const { lead, made, url, groupOf } = await deal(dealer)
    await moveTo(admin, lead.id, 'sold')
    const undo = (id: string) => admin('POST', `/v1/operations/${id}/undo`)
    const early = await undo(made.operationId)
    t.equal(early.status, 409)
    t.match(JSON.stringify(early.problem.changes), /"opportunity-sales"/)
    const [sale] = await salesOf(admin, lead.id)
    t.equal(must(sale).opportunityId, must(made.opportunity).id)
    t.equal((await undo(must(sale).operationId)).status, 200)
    const undone = await undo(made.operationId)
    t.equal(undone.status, 200, undone.text)
    t.equal(await groupOf(), 'new')
    t.equal((await admin('GET', url)).status, 404)
    t.equal((await admin('GET', `/v1/clients/${made.client.id}`)).status, 404)
    t.hasStrict(await salesOf(admin, lead.id), [{ clientId: null, opportunityId: null }])
  })

  await t.test('the undo of the sale of a won one restores its stage', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const { lead, made, url, patch } = await deal(dealer)
    await patch({ stage: 'won', closeReason: 'Good price' })
    const undo = (id: string) => admin('POST', `/v1/operations/${id}/undo`)
    const [sale] = await salesOf(admin, lead.id)
    t.equal((await undo(must(sale).operationId)).status, 200)
    const open = { stage: 'discovery', closeReason: null, closedAt: null, saleId: null }
    t.hasStrict((await admin('GET', url)).body, open)
    const undone = await undo(made.operationId)
    t.equal(undone.status, 200, undone.text)
    t.equal((await admin('GET', url)).status, 404)
  })

  await t.test('of one that was changed since, or created as won, the stage is open', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const { lead, url, patch } = await deal(dealer)
    await patch({ stage: 'lost', closeReason: 'No money' })
    await patch({ stage: 'won' })
    await patch({ name: 'Changed since' })
    const undoSale = async (leadId: string) => {
      const sale = (await salesOf(admin, leadId)).find(({ undoneAt }) => undoneAt === null)
      return await admin('POST', `/v1/operations/${must(sale).operationId}/undo`)
    }
    t.equal((await undoSale(lead.id)).status, 200)
    t.hasStrict((await admin('GET', url)).body, { stage: 'discovery', name: 'Changed since' })
    t.type((await patch({ stage: 'won' })).body.saleId, 'string', 'it can be won again')
    const other = await postLead(admin, { message: 'Another' })
    await admin('POST', `/v1/leads/${other.id}/convert`, {})
    const body = { name: 'Won at once', leadId: other.id, stage: 'won' }
    const created = (await admin('POST', '/v1/opportunities', body)).body
    t.equal((await undoSale(other.id)).status, 200)
    const { body: now } = await admin('GET', `/v1/opportunities/${created.id}`)
    t.hasStrict(now, { stage: 'discovery', saleId: null })
  })

  await t.test('409 for a second one of a lead that is sold', async (t) => {
    const dealer = await createDealer()
    const { lead, patch } = await deal(dealer)
    await patch({ stage: 'won' })
    const body = { name: 'Second', leadId: lead.id }
    const second = (await dealer.admin('POST', '/v1/opportunities', body)).body
    const url = `/v1/opportunities/${second.id}` as const
    const refused = await dealer.admin('PATCH', url, { stage: 'won' })
    t.equal(refused.status, 409)
    t.match(refused.problem.detail, /a sale of another opportunity.*undo its operation/)
    t.equal((await dealer.admin('GET', url)).body.stage, 'discovery')
    const created = await dealer.admin('POST', '/v1/opportunities', { ...body, stage: 'won' })
    t.equal(created.status, 409)
    t.equal((await salesOf(dealer.admin, lead.id)).length, 1)
  })

  await t.test('but not after another change beside the sale', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const { lead, made } = await deal(dealer)
    await admin('PATCH', `/v1/leads/${lead.id}`, { message: 'Changed' })
    await moveTo(admin, lead.id, 'sold')
    const [sale] = await salesOf(admin, lead.id)
    await admin('POST', `/v1/operations/${must(sale).operationId}/undo`)
    const refused = await admin('POST', `/v1/operations/${made.operationId}/undo`)
    t.strictSame(refused.problem.changes, ['lead'])
  })

  await t.test('a lead that is sold wins its only opportunity, which its sale names', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const { lead, url, patch } = await deal(dealer)
    await patch({ stage: 'offer' })
    const stageNow = async () => {
      const { stage, saleId } = (await admin('GET', url)).body
      return [stage, saleId !== null]
    }
    await moveTo(admin, lead.id, 'sold')
    t.strictSame(await stageNow(), ['won', true])
    t.equal((await patch({ stage: 'lost', closeReason: 'x' })).status, 409)
    await moveTo(admin, lead.id, 'working')
    t.strictSame(await stageNow(), ['offer', false], 'as it stood')
    await moveTo(admin, lead.id, 'sold')
    t.strictSame(await stageNow(), ['won', true])
    const [sale] = await salesOf(admin, lead.id)
    const undone = await admin('POST', `/v1/operations/${must(sale).operationId}/undo`)
    t.equal(undone.status, 200, undone.text)
    t.strictSame(await stageNow(), ['offer', false])
  })

  await t.test('a lead that is sold again is sold by the same opportunity', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const { lead, made, url, patch } = await deal(dealer)
    const amount = { amount: '1.00', currency: 'PLN' }
    await patch({ amount })
    const body = { name: 'Second', leadId: lead.id }
    const second = (await admin('POST', '/v1/opportunities', body)).body
    await patch({ stage: 'won' })
    await moveTo(admin, lead.id, 'working')
    await moveTo(admin, lead.id, 'sold')
    const opportunityId = must(made.opportunity).id
    t.hasStrict(await salesOf(admin, lead.id), [{ amount, opportunityId }])
    t.equal((await admin('GET', url)).body.stage, 'won')
    await moveTo(admin, lead.id, 'working')
    const won = await admin('PATCH', `/v1/opportunities/${second.id}`, { stage: 'won' })
    t.equal(won.status, 200, won.text)
    t.hasStrict(await salesOf(admin, lead.id), [{ opportunityId: second.id }], 'or as is said')
    t.equal((await admin('GET', url)).body.stage, 'discovery')
  })

  await t.test('the contract names every change that prevents an undo', async (t) => {
    const { paths } = JSON.parse(await readFile('openapi/openapi.json', 'utf8')) as {
      paths: Record<string, { post: { description: string } }>
    }
    const { description } = must(paths['/v1/operations/{id}/undo']).post
    for (const name of UNDO_OBSTACLES) t.match(description, `\`${name}\``)
  })
})
