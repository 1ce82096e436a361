import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import { historyOf, openConnections, postLead } from '../../../support/leads.ts'
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
import type { Sale } from '../../../support/contract-types.ts'
import { must } from '../../../support/must.ts'

void t.test('undo of a sale', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test(
    'the lead goes back, the sale is marked, a new entry records a new one',
    async (t) => {
      const { admin } = await createDealer()
      const { id } = await postLead(admin)
      const working = await moveTo(admin, id, 'working')
      const sold = await moveTo(admin, id, 'sold')
      const [sale] = await salesOf(admin, id)
      const undone = await admin('POST', `/v1/operations/${must(sale).operationId}/undo`)
      t.hasStrict(undone.body, { kind: 'sale', state: 'undone' })
      const lead = (await admin('GET', `/v1/leads/${id}`)).body
      t.strictSame(lead.status, working.status)
      t.equal(lead.version, sold.version + 1)
      const [back] = await historyOf(admin, id, 'lead.status_changed')
      t.hasStrict(back?.data, { fromGroup: 'sold', toGroup: 'working', code: 'sale_undone' })
      t.type(back?.data.stoodSeconds, 'number')
      const [mistake] = await salesOf(admin, id)
      t.hasStrict(mistake, { id: must(sale).id, version: 2 })
      t.ok(must(mistake).undoneAt)
      t.strictSame((await admin('GET', `/v1/sales?lead=${id}`)).body.data, [])
      const data = { operationId: must(sale).operationId }
      t.hasStrict(await eventsOf(admin, 'sale.undone'), [
        { subject: { id: must(sale).id }, leadId: id, data }
      ])
      t.hasStrict(await eventsOf(admin, 'operation.undone'), [
        { subject: { id: must(sale).operationId } }
      ])
      const again = await admin('POST', `/v1/operations/${must(sale).operationId}/undo`)
      t.equal(again.problem.type, 'urn:leadyard:problem:conflict')
      const patched = await admin('PATCH', `/v1/sales/${must(sale).id}`, { amount: null })
      t.equal(patched.status, 409, 'a mistake stays as it was')

      await moveTo(admin, id, 'sold')
      const [next, first, ...others] = await salesOf(admin, id)
      t.strictSame(others, [])
      t.equal(must(first).id, must(sale).id)
      t.not(must(next).id, must(sale).id)
      t.equal(next?.undoneAt, null)
      await moveTo(admin, id, 'lost')
      await moveTo(admin, id, 'sold')
      t.equal((await salesOf(admin, id)).length, 2, 'and one for ever again')
    }
  )

  await t.test('409 where it was changed since', async (t) => {
    const { admin } = await createDealer()
    const { code } = await signUp(admin)
    await startProgramme(admin, 'recorded')
    const changesAfter = async (work: (sale: Sale) => Promise<unknown>) => {
      const { sale } = await sell(admin, { referralCode: code })
      await work(sale)
      const { problem } = await admin('POST', `/v1/operations/${sale.operationId}/undo`)
      t.equal(problem.type, 'urn:leadyard:problem:changed-since')
      t.equal((await admin('GET', `/v1/sales/${sale.id}`)).body.undoneAt, null, 'nothing is undone')
      return problem.changes
    }
    const rewardOf = async (sale: Sale) =>
      (await admin('GET', '/v1/rewards')).body.data.find((it) => it.saleId === sale.id)
    t.strictSame(await changesAfter(({ leadId }) => moveTo(admin, leadId, 'lost')), ['lead'])
    const patch = (sale: Sale) => admin('PATCH', `/v1/sales/${sale.id}`, { amount: null })
    const approve = async (sale: Sale) =>
      admin('POST', `/v1/rewards/${must(await rewardOf(sale)).id}/approve`)
    t.strictSame(await changesAfter(approve), ['reward'])
    const pay = async (sale: Sale) => {
      await approve(sale)
      const url = `/v1/rewards/${must(await rewardOf(sale)).id}/pay` as const
      await admin('POST', url, { reference: 'Transfer 1' })
    }
    t.strictSame(await changesAfter(pay), ['reward'])
    const all = async (sale: Sale) => {
      await approve(sale)
      await patch(sale)
      await admin('PATCH', `/v1/leads/${sale.leadId}`, { message: 'Changed' })
    }
    t.strictSame(await changesAfter(all), ['lead', 'reward'])
    const { sale } = await sell(admin)
    await patch(sale)
    const undone = await admin('POST', `/v1/operations/${sale.operationId}/undo`)
    t.equal(undone.status, 200, 'a sale that was only edited goes')
  })

  await t.test(
    'credit, points and ledger right after undo, the promoter removed too',
    async (t) => {
      const { admin } = await createDealer()
      const { id: promoterId, code } = await signUp(admin)
      await startProgramme(admin, 'recorded')
      const { lead, sale } = await sell(admin, { referralCode: code })
      await admin('PATCH', `/v1/promoters/${promoterId}`, { state: 'removed' })
      await admin('POST', `/v1/operations/${sale.operationId}/undo`)
      t.strictSame(await ledgerOf(admin, promoterId), {
        balance: { eligible: 0, approved: 0, paid: 0, balance: 0 },
        lines: [
          ['recorded', 0],
          ['eligible', 500],
          ['cancelled', -500]
        ]
      })
      await moveTo(admin, lead.id, 'sold')
      const [next] = await salesOf(admin, lead.id)
      t.equal(next?.promoterId, promoterId, 'removed only after the lead came')
      const { balance, lines } = await ledgerOf(admin, promoterId)
      t.strictSame(balance, { eligible: 500, approved: 0, paid: 0, balance: 500 })
      t.equal(lines.length, 5)
      const states = (await admin('GET', `/v1/rewards?promoter=${promoterId}&sort=createdAt`)).body
      t.strictSame(
        states.data.map((reward) => reward.state),
        ['cancelled', 'eligible']
      )
    }
  )

  await t.test('a member may undo their own sale, or with the grant any', async (t) => {
    const { admin, withUser } = await createDealer()
    const user = await withUser()
    const { sale } = await sell(admin, { assignee: user.id })
    const url = `/v1/operations/${sale.operationId}/undo` as const
    t.equal((await user.call('POST', url)).status, 403)
    t.equal((await (await withUser()).call('POST', url)).status, 404)
    const { id } = await postLead(admin, { assignee: user.id })
    await moveTo(user.call, id, 'sold')
    const [own] = await salesOf(user.call, id)
    t.equal((await user.call('POST', `/v1/operations/${must(own).operationId}/undo`)).status, 200)
  })

  // Guards the order of locks (lead, sale, reward): whatever comes first, the other sees it.
  await t.test('undone, changed and approved at once: one of them counts', async (t) => {
    const { admin } = await createDealer()
    const { id: promoterId, code } = await signUp(admin)
    await startProgramme(admin, 'recorded')
    const { Cancelled: statusId } = await findSaleStatusIds(admin)
    await openConnections(admin)
    for (let round = 0; round < 5; round += 1) {
      const { sale } = await sell(admin, { referralCode: code })
      const [reward] = (await admin('GET', '/v1/rewards?limit=1')).body.data
      const answers = await Promise.all([
        admin('POST', `/v1/operations/${sale.operationId}/undo`),
        admin('POST', `/v1/rewards/${must(reward).id}/approve`),
        admin('PATCH', `/v1/sales/${sale.id}`, { statusId })
      ])
      t.ok(
        answers.every(({ status }) => status === 200 || status === 409),
        answers.map(({ status }) => status).join(' ')
      )
      const state = (await admin('GET', `/v1/rewards/${must(reward).id}`)).body.state
      t.equal(state, 'cancelled', 'undone or cancelled: whatever was approved before')
    }
    t.equal((await ledgerOf(admin, promoterId)).balance.balance, 0)
  })
})
