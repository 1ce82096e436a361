import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { countStatements } from '../../../support/count-statements.ts'
import type { Caller } from '../../../support/response.ts'
import {
  findStatusIds,
  openConnections,
  postLead,
  postQuarantinedLead
} from '../../../support/leads.ts'
import {
  eventsOf,
  ledgerOf,
  moveTo,
  salesOf,
  sell,
  signUp,
  startProgramme
} from '../../../support/sales.ts'
import { must } from '../../../support/must.ts'

/** Every way by which a lead can come into a status; those into group `sold` record a sale. */
void t.test('ways into group sold', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const countOf = async (call: Caller, leadId: string) => (await salesOf(call, leadId)).length

  await t.test(
    'a move records one sale; another status of the group leaves it as it is',
    async (t) => {
      const { admin } = await createDealer()
      const { lead, sale } = await sell(admin)
      t.equal(lead.status.group, 'sold')
      t.hasStrict(sale, { leadId: lead.id, status: { name: 'New', group: 'open' }, version: 1 })
      const another = await admin('POST', '/v1/statuses', { name: 'Delivered', group: 'sold' })
      const statusId = another.body.id
      await admin('POST', `/v1/leads/${lead.id}/status`, { statusId })
      t.strictSame(await salesOf(admin, lead.id), [sale], 'still the same one, as it was')
      t.equal((await eventsOf(admin, 'sale.recorded')).length, 1)
    }
  )

  await t.test(
    'a lead that is sold no more cancels its sale; sold again it counts anew',
    async (t) => {
      const { admin } = await createDealer()
      const { id: promoterId, code } = await signUp(admin)
      await startProgramme(admin, 'recorded')
      const { lead, sale } = await sell(admin, { referralCode: code })
      let { soldAt, operationId } = sale
      for (const group of ['lost', 'working', 'deleted']) {
        await moveTo(admin, lead.id, group)
        t.hasStrict(await salesOf(admin, lead.id), [
          { id: sale.id, status: { group: 'cancelled' } }
        ])
        t.equal((await ledgerOf(admin, promoterId)).balance.balance, 0)
        await moveTo(admin, lead.id, 'sold')
        const [again, ...more] = await salesOf(admin, lead.id)
        t.strictSame(more, [])
        t.hasStrict(again, { id: sale.id, status: { group: 'open' } })
        t.ok(must(again).soldAt > soldAt)
        t.not(must(again).operationId, operationId)
        ;({ soldAt, operationId } = must(again))
        t.equal((await ledgerOf(admin, promoterId)).balance.balance, 500)
      }
      t.equal((await eventsOf(admin, 'sale.recorded')).length, 4, 'each is told')
      const undone = await admin('POST', `/v1/operations/${operationId}/undo`)
      t.equal(undone.status, 200, undone.text)
      t.equal((await ledgerOf(admin, promoterId)).balance.balance, 0)
    }
  )

  await t.test('a deleted status’s leads make a sale each where they go to sold', async (t) => {
    const { admin, withUser } = await createDealer()
    const user = await withUser()
    const statuses = await findStatusIds(admin)
    const odd = (await admin('POST', '/v1/statuses', { name: 'Odd', group: 'working' })).body.id
    const put = async (words: object = {}) => {
      const { id } = await postLead(admin, { assignee: user.id, ...words })
      await admin('POST', `/v1/leads/${id}/status`, { statusId: odd })
      return id
    }
    const sold = (await sell(admin)).lead.id
    await admin('POST', `/v1/leads/${sold}/status`, { statusId: odd })
    const leads = [await put(), await put(), await put()]
    const test = await put({ isTest: true })
    const gone = await admin('DELETE', `/v1/statuses/${odd}?replacementId=${statuses.sold}`)
    t.equal(gone.status, 204)
    for (const id of leads) {
      const [sale, ...others] = await salesOf(admin, id)
      t.strictSame(others, [])
      t.hasStrict(sale, { leadId: id, userId: user.id })
      const operation = (await admin('GET', `/v1/operations/${must(sale).operationId}`)).body
      t.hasStrict(operation, { kind: 'sale', state: 'done', leadId: id, leadIds: [id] })
      const undone = await admin('POST', `/v1/operations/${must(sale).operationId}/undo`)
      t.hasStrict(undone.body, { status: 409, changes: ['status'] }, 'the way back is gone')
    }
    t.equal(await countOf(admin, sold), 1, 'it has one already')
    t.equal(await countOf(admin, test), 0, 'a test is no sale')
    t.equal((await eventsOf(admin, 'sale.recorded')).length, 5, 'one of them again')
  })

  await t.test('the same statements record many sales as record one', async (t) => {
    const { admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    const count = async (leads: number) => {
      const odd = (await admin('POST', '/v1/statuses', { name: `Odd ${leads}`, group: 'working' }))
        .body.id
      for (let each = 0; each < leads; each += 1) {
        const { id } = await postLead(admin)
        await admin('POST', `/v1/leads/${id}/status`, { statusId: odd })
      }
      const statements = await countStatements(database.db.pool, () =>
        admin('DELETE', `/v1/statuses/${odd}?replacementId=${statuses.sold}`)
      )
      return statements
    }
    t.equal(await count(12), await count(1))
  })

  await t.test('an undo that puts a lead into what means sold by now', async (t) => {
    const { admin } = await createDealer()
    const odd = (await admin('POST', '/v1/statuses', { name: 'Odd', group: 'working' })).body.id
    const { id } = await postLead(admin)
    await admin('POST', `/v1/leads/${id}/status`, { statusId: odd })
    const converted = await admin('POST', `/v1/leads/${id}/convert`, {})
    t.equal((await admin('PATCH', `/v1/statuses/${odd}`, { group: 'sold' })).status, 200)
    t.equal(await countOf(admin, id), 0)
    const undone = await admin('POST', `/v1/operations/${converted.body.operationId}/undo`)
    t.equal(undone.status, 200)
    t.equal((await admin('GET', `/v1/leads/${id}`)).body.status.group, 'sold')
    const [sale] = await salesOf(admin, id)
    t.hasStrict(sale, { leadId: id, clientId: null })
    const back = await admin('POST', `/v1/operations/${must(sale).operationId}/undo`)
    t.strictSame(back.problem.changes, ['status'], 'there is no client to be converted to')
  })

  await t.test('no other way leads there', async (t) => {
    const { admin, withUser } = await createDealer()
    const user = await withUser()
    const statuses = await findStatusIds(admin)
    const { id } = await postLead(admin)
    for (const way of ['link', 'convert']) {
      const clientId = (await admin('POST', '/v1/clients', { contact: { email: 'c@example.com' } }))
        .body.id
      const words = way === 'link' ? { clientId } : {}
      const statusId = statuses.sold
      const answer = await admin('POST', `/v1/leads/${id}/${way}`, { ...words, statusId })
      t.match(answer.status, /^4/, way)
    }
    const regrouped = await admin('PATCH', `/v1/statuses/${statuses.new}`, { group: 'sold' })
    t.equal(regrouped.status, 409, 'a status that leads have')
    const held = await postQuarantinedLead(admin)
    t.equal((await admin('POST', `/v1/leads/${held.id}/release`)).body.status.group, 'new')
    await admin('POST', `/v1/leads/${id}/assign`, { assigneeId: user.id })
    t.equal((await admin('GET', '/v1/sales?undone=true')).body.data.length, 0)
  })

  // Guards the lock of the lead in `changeLeadStatus`: without it each of them moves the lead.
  await t.test('twenty moves at once are one move and record one sale', async (t) => {
    const { admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    const { id } = await postLead(admin)
    await openConnections(admin)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        admin('POST', `/v1/leads/${id}/status`, { statusId: statuses.sold })
      )
    )
    t.ok(answers.every(({ status }) => status === 200))
    t.equal(await countOf(admin, id), 1)
    t.equal((await eventsOf(admin, 'sale.recorded')).length, 1)
    t.equal((await eventsOf(admin, 'lead.status_changed')).length, 1)
    t.strictSame(new Set(answers.map(({ body }) => body.version)), new Set([2]))
  })
})
