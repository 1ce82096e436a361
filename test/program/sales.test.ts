import t from 'tap'

import { ask, openDealer } from './qualification-scene.ts'
import type { Scene } from './qualification-scene.ts'

// The real program: what becomes of a lead that was sold to, and of who brought it.

/** The means to sell, as the dealer's owner. */
async function openDesk({ owner, anna }: Scene) {
  const statuses = (await ask(owner, 'GET', '/v1/statuses')).data
  const statusOf = (group: string) =>
    statuses.find((status: { group: string }) => status.group === group).id
  return {
    bring: async (name: string, referralCode: string) => {
      const contact = { firstName: name, email: `${name}@example.test` }
      const lead = { source: 'website', contact, assignee: anna.id, referralCode }
      return (await ask(owner, 'POST', '/v1/leads', lead)).id as string
    },
    moveTo: (leadId: string, group: string) =>
      ask(owner, 'POST', `/v1/leads/${leadId}/status`, {
        ...{ statusId: statusOf(group), reason: 'as it is' }
      }),
    salesOf: async (leadId: string, query = '') =>
      (await ask(owner, 'GET', `/v1/sales?lead=${leadId}${query}`)).data,
    signUp: async (name: string) => {
      const promoter = await ask(owner, 'POST', '/v1/promoters', { name })
      const link = await ask(owner, 'POST', '/v1/referral-links', { promoterId: promoter.id })
      return { id: promoter.id as string, code: link.code as string }
    },
    remove: (id: string) => ask(owner, 'PATCH', `/v1/promoters/${id}`, { state: 'removed' }),
    ledgerOf: async (id: string) => {
      const ledger = await ask(owner, 'GET', `/v1/promoters/${id}/rewards?sort=createdAt`)
      const lines = ledger.data.map((line: { kind: string; points: number }) => [
        ...[line.kind, line.points]
      ])
      return { balance: ledger.balance, lines }
    }
  }
}

void t.test('a sale, its credit, its points', async (t) => {
  const scene = await openDealer(t)
  const { owner, anna, program } = scene
  const { bring, moveTo, salesOf, signUp, remove, ledgerOf } = await openDesk(scene)
  const undo = (operationId: string) => ask(owner, 'POST', `/v1/operations/${operationId}/undo`)
  const words = { name: 'Winter', pointsPerSale: 500, eligibleWhen: 'recorded', active: true }
  const programme = await ask(owner, 'POST', '/v1/reward-programmes', words)

  const piotr = await signUp('Piotr')
  const leadId = await bring('ada', piotr.code)
  await moveTo(leadId, 'sold')
  const [sale, ...others] = await salesOf(leadId)
  t.strictSame(others, [], 'recorded on the first entry')
  t.hasStrict(sale, { promoterId: piotr.id, userId: anna.id, status: { group: 'open' } })
  await moveTo(leadId, 'lost')
  t.hasStrict(await salesOf(leadId), [{ id: sale.id, status: { group: 'cancelled' } }], 'lost')
  await moveTo(leadId, 'sold')
  const back = await salesOf(leadId)
  t.hasStrict(back, [{ id: sale.id, status: { group: 'open' } }], 'still one, and not another')
  t.ok(back[0].soldAt > sale.soldAt, 'sold anew')
  const recorded = await ask(owner, 'GET', `/v1/events?leadId=${leadId}&type=sale.recorded`)
  t.equal(recorded.data.length, 2)
  const owed = { eligible: 500, approved: 0, paid: 0, balance: 500 }
  const oneSale = [
    ['recorded', 0],
    ['eligible', 500]
  ]
  const firstLines = [...oneSale, ['cancelled', -500], ['eligible', 500]]
  t.strictSame(await ledgerOf(piotr.id), { balance: owed, lines: firstLines })

  const ben = await bring('ben', piotr.code)
  await moveTo(ben, 'sold')
  const [mistake] = await salesOf(ben)
  t.equal((await ledgerOf(piotr.id)).balance.balance, 1_000)
  await remove(piotr.id)
  t.equal((await undo(mistake.operationId)).state, 'undone')
  t.equal((await ask(owner, 'GET', `/v1/leads/${ben}`)).status.group, 'new')
  t.strictSame(await salesOf(ben), [], 'it was none')
  t.strictSame(await ledgerOf(piotr.id), {
    balance: owed,
    lines: [...firstLines, ...oneSale, ['cancelled', -500]]
  })
  await moveTo(ben, 'sold')
  const [again] = await salesOf(ben)
  t.equal(again.promoterId, piotr.id, 'removed only after the lead came: the credit is theirs')
  t.not(again.id, mistake.id)
  t.equal((await salesOf(ben, '&undone=true')).length, 2)
  t.equal((await ledgerOf(piotr.id)).balance.balance, 1_000)

  const late = await bring('cleo', piotr.code)
  await moveTo(late, 'sold')
  const [uncredited] = await salesOf(late)
  t.hasStrict(
    uncredited,
    { promoterId: null, userId: anna.id },
    'removed before: to the user alone'
  )
  t.equal((await ledgerOf(piotr.id)).balance.balance, 1_000)

  const { data } = await ask(owner, 'GET', `/v1/rewards?promoter=${piotr.id}&state=eligible`)
  t.equal(data[0].programmeId, programme.id)
  const reward = data.find(({ saleId }: { saleId: string }) => saleId === sale.id)
  await ask(owner, 'POST', `/v1/rewards/${reward.id}/approve`)
  await ask(owner, 'POST', `/v1/rewards/${reward.id}/pay`, { reference: 'Transfer 1' })
  const statuses = (await ask(owner, 'GET', '/v1/sale-statuses')).data
  const cancelled = statuses.find(({ group }: { group: string }) => group === 'cancelled')
  await ask(owner, 'PATCH', `/v1/sales/${sale.id}`, { statusId: cancelled.id })
  t.strictSame(
    (await ledgerOf(piotr.id)).balance,
    { eligible: 500, approved: 0, paid: 0, balance: 0 },
    'what was paid for nothing is taken off what is owed'
  )
  t.equal(await program.stop(), 0)
})

void t.test('twenty sell one lead at the same moment', async (t) => {
  const scene = await openDealer(t)
  const { owner, program } = scene
  const { bring, moveTo, salesOf, signUp, ledgerOf } = await openDesk(scene)
  const words = { name: 'Winter', pointsPerSale: 500, eligibleWhen: 'recorded', active: true }
  await ask(owner, 'POST', '/v1/reward-programmes', words)
  const piotr = await signUp('Piotr')
  const leadId = await bring('ada', piotr.code)
  await Promise.all(Array.from({ length: 20 }, () => moveTo(leadId, 'sold')))
  t.equal((await salesOf(leadId, '&undone=true')).length, 1)
  t.equal((await ledgerOf(piotr.id)).balance.balance, 500)
  t.equal(await program.stop(), 0)
})
