import t from 'tap'

import { newId } from '../../../../src/ids.ts'
import { sharedTestApp } from '../../../support/app.ts'
import { openConnections } from '../../../support/leads.ts'
import {
  eventsOf,
  findSaleStatusIds,
  ledgerOf,
  sell,
  signUp,
  startProgramme
} from '../../../support/sales.ts'
import { nextPage } from '../../../support/response.ts'
import { must } from '../../../support/must.ts'

void t.test('statuses of sales', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('a dealer begins with four, and adds, renames and orders more', async (t) => {
    const { admin } = await createDealer()
    const list = async () =>
      (await admin('GET', '/v1/sale-statuses')).body.data.map((it) => [it.name, it.group])
    t.strictSame(await list(), [
      ['New', 'open'],
      ['Working', 'open'],
      ['Fulfilled', 'fulfilled'],
      ['Cancelled', 'cancelled']
    ])
    const made = await admin('POST', '/v1/sale-statuses', { name: 'Paid', group: 'fulfilled' })
    t.hasStrict(made.body, { position: 4, color: null, version: 1 })
    const url = String(made.headers.location)
    t.strictSame((await admin('GET', url)).body, made.body)
    const words = { name: 'Ordered', group: 'open', position: 0, color: '#2f9e44' }
    t.hasStrict((await admin('PATCH', url, words)).body, { ...words, version: 2 })
    t.equal((await admin('PATCH', url, { name: 'X' }, { 'if-match': '"1"' })).status, 412)
    const taken = await admin('PATCH', url, { name: 'Working' })
    t.equal(taken.body.type, 'urn:leadyard:problem:already-exists')
    const page = await admin('GET', '/v1/sale-statuses?limit=2')
    const next = must(nextPage(page))
    t.equal((await admin('GET', next)).body.data[0].name, 'Working', 'pages join')
    t.hasStrict((await eventsOf(admin, 'sale_status.updated'))[0]?.data, { toGroup: 'open' })
  })

  await t.test('the last open one stays, and stays open; new sales get the first', async (t) => {
    const { admin } = await createDealer()
    const { New, Working } = await findSaleStatusIds(admin)
    t.equal((await admin('PATCH', `/v1/sale-statuses/${New}`, { position: 9 })).status, 200)
    t.equal((await sell(admin)).sale.status.id, Working)
    t.equal((await admin('DELETE', `/v1/sale-statuses/${New}`)).status, 204)
    const last = `/v1/sale-statuses/${Working}` as const
    t.equal((await admin('DELETE', `${last}?replacementId=${newId()}`)).status, 409)
    t.equal((await admin('PATCH', last, { group: 'fulfilled' })).status, 409)
    t.equal((await admin('PATCH', last, { name: 'Ours' })).status, 200)
  })

  // Guards the lock by text: without it both find that the other remains.
  await t.test('of two open ones deleted at once one stays', async (t) => {
    const { admin } = await createDealer()
    const { New, Working } = await findSaleStatusIds(admin)
    await openConnections(admin)
    const answers = await Promise.all(
      [New, Working].map((id) => admin('DELETE', `/v1/sale-statuses/${id}`))
    )
    t.strictSame(answers.map(({ status }) => status).toSorted(), [204, 409])
  })

  await t.test(
    '409 counts the sales; a replacement takes them and their rewards over',
    async (t) => {
      const { admin } = await createDealer()
      const { id: promoterId, code } = await signUp(admin)
      await startProgramme(admin, 'fulfilled')
      const { New, Fulfilled, Cancelled } = await findSaleStatusIds(admin)
      const url = `/v1/sale-statuses/${New}` as const
      const sales = []
      for (let each = 0; each < 3; each += 1) {
        sales.push((await sell(admin, { referralCode: code })).sale)
      }
      const mistake = (await sell(admin, { referralCode: code })).sale
      await admin('POST', `/v1/operations/${mistake.operationId}/undo`)
      for (const refused of [
        await admin('DELETE', url),
        await admin('PATCH', url, { group: 'cancelled' })
      ]) {
        const type = 'urn:leadyard:problem:sale-status-in-use'
        t.hasStrict(refused.body, { type, status: 409, saleCount: 4 })
      }
      t.equal((await admin('DELETE', `${url}?replacementId=${New}`)).status, 422, 'itself')
      t.equal((await admin('DELETE', `${url}?replacementId=${newId()}`)).status, 422)
      t.equal((await admin('DELETE', `${url}?replacementId=${Fulfilled}`)).status, 204)
      for (const { id } of sales) {
        const sale = (await admin('GET', `/v1/sales/${id}`)).body
        t.hasStrict(sale, { status: { id: Fulfilled }, version: 2 })
      }
      const moves = await eventsOf(admin, 'sale.updated')
      t.strictSame(
        moves.map(({ subject }) => subject.id).toSorted(),
        [...sales, mistake].map(({ id }) => id).toSorted(),
        'each has it in its history'
      )
      t.hasStrict(moves[0]?.data, {
        fromStatusId: New,
        toStatusId: Fulfilled,
        toGroup: 'fulfilled'
      })
      t.hasStrict((await eventsOf(admin, 'sale_status.deleted'))[0]?.data, { saleCount: 4 })
      const owed = { eligible: 1_500, approved: 0, paid: 0, balance: 1_500 }
      t.strictSame((await ledgerOf(admin, promoterId)).balance, owed, 'not for the mistake')

      const gone = `/v1/sale-statuses/${Fulfilled}?replacementId=${Cancelled}` as const
      t.equal((await admin('DELETE', gone)).status, 204)
      t.equal((await ledgerOf(admin, promoterId)).balance.balance, 0)
    }
  )
})
