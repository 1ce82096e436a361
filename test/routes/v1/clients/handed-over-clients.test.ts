import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { historyOf, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import type { Caller } from '../../../support/response.ts'
import { moveTo, salesOf } from '../../../support/sales.ts'

void t.test('a client that is given to another user takes its converted leads along', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin, withUser } = await createDealer()
  const sara = await withUser({ name: 'Sara' })
  const stan = await withUser({ name: 'Stan' })
  const olga = await withUser({ name: 'Olga', grants: ['conversions.view'] })
  const own = await postLead(admin, { assignee: sara.id })
  const words = { responsibleUserId: sara.id, planActivity: false }
  const { client } = (await admin('POST', `/v1/leads/${own.id}/convert`, words)).body
  const others = await postLead(admin, { assignee: olga.id })
  const into = { clientId: client.id, planActivity: false }
  t.equal((await admin('POST', `/v1/leads/${others.id}/convert`, into)).status, 201)

  const given = await sara.call('PATCH', `/v1/clients/${client.id}`, { responsibleUserId: stan.id })
  t.equal(given.status, 200, given.text)
  t.equal((await admin('GET', `/v1/leads/${own.id}`)).body.assignee?.id, stan.id)
  t.equal((await admin('GET', `/v1/leads/${others.id}`)).body.assignee?.id, olga.id)
  t.equal((await historyOf(admin, own.id, 'lead.assigned')).length, 1)
  for (const { id } of [own, others]) {
    const change = await stan.call('PATCH', `/v1/leads/${id}`, { message: 'On it' })
    t.equal(change.status, 200, 'the new responsible user works on both')
  }
  const { data } = (await stan.call('GET', '/v1/leads?assignee=me')).body
  t.strictSame(
    data.map(({ id }) => id),
    [own.id]
  )
  const told = (await stan.call('GET', '/v1/notifications')).body.data
  t.strictSame(
    told.map(({ kind, facts }) => [kind, facts.leads]),
    [['newClient', { ids: [own.id], count: 1 }]],
    'with the client he is told of its lead'
  )
})

void t.test(
  'converted and sold leads go along wherever the responsible user changes',
  async (t) => {
    const { createDealer } = await createTestApp(t)
    const { admin, withUser } = await createDealer()
    const sara = await withUser({ name: 'Sara' })
    const stan = await withUser({ name: 'Stan' })
    const olga = await withUser({ name: 'Olga' })
    const holderOf = async (id: string) => (await admin('GET', `/v1/leads/${id}`)).body.assignee?.id
    const undo = async (id: string | null) =>
      (await admin('POST', `/v1/operations/${must(id)}/undo`)).status
    const convert = async (lead: { id: string }, words: object) => {
      const body = { planActivity: false, ...words }
      const { status, body: made, text } = await admin('POST', `/v1/leads/${lead.id}/convert`, body)
      t.equal(status, 201, text)
      return made
    }
    const worksOn = async (user: { call: Caller }, id: string) =>
      (await user.call('PATCH', `/v1/leads/${id}`, { message: 'On it' })).status === 200

    await t.test('a conversion that names another responsible user', async (t) => {
      const lead = await postLead(admin, { assignee: sara.id })
      const call = { type: 'call', leadId: lead.id, userId: sara.id, dueAt: '2030-01-01T10:00:00Z' }
      const { id: callId } = (await admin('POST', '/v1/activities', call)).body
      const { operationId } = await convert(lead, {
        responsibleUserId: stan.id,
        planActivity: true
      })
      t.equal(await holderOf(lead.id), stan.id)
      t.equal((await admin('GET', `/v1/activities/${callId}`)).body.userId, stan.id)
      t.hasStrict((await historyOf(admin, lead.id, 'lead.assigned'))[0]?.data, {
        ...{ fromAssigneeId: sara.id, toAssigneeId: stan.id, by: 'client', operationId }
      })
      t.equal(await undo(operationId), 200)
      t.equal(await holderOf(lead.id), sara.id)
      t.equal((await admin('GET', `/v1/activities/${callId}`)).body.userId, sara.id)
      const { operationId: again } = await convert(lead, { responsibleUserId: stan.id })
      await admin('PATCH', `/v1/users/${sara.id}`, { active: false })
      const refused = await admin('POST', `/v1/operations/${again}/undo`)
      t.equal(refused.status, 409)
      t.strictSame(refused.problem.changes, ['assignee'])
      await admin('PATCH', `/v1/users/${sara.id}`, { active: true })
      t.equal(await undo(again), 200)
      await convert(lead, {})
      t.equal(await holderOf(lead.id), sara.id, 'without a name it stays')
    })

    await t.test('a conversion into the client of another, and of a lead that waits', async (t) => {
      const first = await convert(await postLead(admin, { assignee: sara.id }), {})
      t.equal(first.client.responsibleUser?.id, sara.id)
      const into = { clientId: first.client.id }
      const lead = await postLead(admin, { assignee: olga.id })
      await convert(lead, into)
      t.equal(await holderOf(lead.id), sara.id, 'Olga could not work on it')
      t.ok(await worksOn(sara, lead.id))
      t.equal((await olga.call('GET', `/v1/leads/${lead.id}`)).status, 200)
      const again = await postLead(admin, { assignee: olga.id })
      const second = await convert(again, into)
      t.equal(await undo(second.operationId), 200)
      t.equal(await holderOf(again.id), olga.id)

      const waiting = await postLead(admin, {})
      t.equal(await holderOf(waiting.id), undefined)
      const named = await convert(waiting, { responsibleUserId: stan.id })
      t.equal(await holderOf(waiting.id), stan.id)
      t.equal(await undo(named.operationId), 200)
      t.equal(await holderOf(waiting.id), undefined)
    })

    await t.test('a lead that waits, by the member who converts it', async (t) => {
      const stella = await withUser({ name: 'Stella', inQueue: true })
      const waiting = await postLead(admin, {})
      const made = await stella.call('POST', `/v1/leads/${waiting.id}/convert`, {})
      t.equal(made.status, 201, made.text)
      t.equal(await holderOf(waiting.id), stella.id)
      await moveTo(stella.call, waiting.id, 'sold')
      t.equal((await salesOf(admin, waiting.id))[0]?.credits[0]?.userId, stella.id)
    })

    await t.test('a conversion that overwrites the one of a client', async (t) => {
      const [earlier, sold] = [
        await postLead(admin, { assignee: sara.id }),
        await postLead(admin, { assignee: sara.id })
      ]
      const { client } = await convert(earlier, {})
      await convert(sold, { clientId: client.id })
      await moveTo(admin, sold.id, 'sold')
      const lead = await postLead(admin, { assignee: olga.id })
      const words = { clientId: client.id, overwrite: true, responsibleUserId: stan.id }
      const { operationId } = await convert(lead, words)
      for (const { id } of [earlier, sold, lead]) t.equal(await holderOf(id), stan.id)
      await admin('PATCH', `/v1/leads/${earlier.id}`, { message: 'Changed' })
      t.equal(await undo(operationId), 409, 'one of them was changed since')
      await admin('PATCH', `/v1/leads/${earlier.id}`, { message: earlier.message })
      t.equal(await undo(operationId), 200)
      for (const { id } of [earlier, sold]) t.equal(await holderOf(id), sara.id)
      t.equal(await holderOf(lead.id), olga.id)
      t.equal((await admin('GET', `/v1/clients/${client.id}`)).body.responsibleUser?.id, sara.id)
    })

    await t.test('by way of no user', async (t) => {
      const lead = await postLead(admin, { assignee: sara.id })
      const { client } = await convert(lead, {})
      const granted = await withUser({ grants: ['conversions.view'] })
      const others = await postLead(admin, { assignee: granted.id })
      await convert(others, { clientId: client.id })
      const url = `/v1/clients/${client.id}` as const
      t.equal((await admin('PATCH', url, { responsibleUserId: null })).status, 200)
      t.equal(await holderOf(lead.id), sara.id)
      t.equal((await admin('PATCH', url, { responsibleUserId: stan.id })).status, 200)
      t.equal(await holderOf(lead.id), stan.id)
      t.ok(await worksOn(stan, lead.id))
      t.equal(await holderOf(others.id), granted.id, 'who can work on it keeps it')
    })

    await t.test('a merge, and a lead that goes to another client', async (t) => {
      const [a, b, c] = [
        await postLead(admin, { assignee: sara.id }),
        await postLead(admin, { assignee: stan.id }),
        await postLead(admin, { assignee: sara.id })
      ]
      const { client: gone } = await convert(a, {})
      const { client: kept } = await convert(b, {})
      const { client: free } = await convert(c, { responsibleUserId: null })
      const merge = async (into: string, clientId: string) => {
        const { status, body } = await admin('POST', `/v1/clients/${into}/merge`, { clientId })
        t.equal(status, 201)
        return body.operationId
      }
      const operationId = await merge(kept.id, gone.id)
      t.equal(await holderOf(a.id), stan.id)
      t.ok(await worksOn(stan, a.id))
      t.equal(await undo(operationId), 200, 'although it was changed since')
      t.equal(await holderOf(a.id), sara.id)

      const moved = await admin('POST', `/v1/leads/${a.id}/move`, { clientId: kept.id })
      t.equal(moved.status, 201, moved.text)
      t.equal(await holderOf(a.id), stan.id)
      t.equal(await undo(moved.body.operationId), 200)
      t.equal(await holderOf(a.id), sara.id)

      const filled = await merge(free.id, kept.id)
      t.equal(await holderOf(c.id), stan.id, 'the survivor gets a responsible user')
      t.equal(await undo(filled), 200)
      t.equal(await holderOf(c.id), sara.id)
    })

    await t.test('PATCH takes sold ones along', async (t) => {
      const lead = await postLead(admin, { assignee: sara.id })
      const { client } = await convert(lead, {})
      await moveTo(admin, lead.id, 'sold')
      await admin('PATCH', `/v1/clients/${client.id}`, { responsibleUserId: stan.id })
      t.equal(await holderOf(lead.id), stan.id)
      const [sale] = await salesOf(admin, lead.id)
      t.equal(must(sale).credits[0]?.userId, sara.id, 'the sale keeps its seller')
    })
  }
)
