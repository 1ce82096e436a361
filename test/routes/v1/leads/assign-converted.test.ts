import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { moveTo } from '../../../support/sales.ts'

void t.test('a converted lead is assigned to who can work on it', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin, withUser } = await createDealer()
  const responsible = await withUser({ name: 'Responsible' })
  const plain = await withUser({ name: 'Plain' })
  const granted = await withUser({ name: 'Granted', grants: ['conversions.view'] })
  const owner = await withUser({ name: 'Owner', role: 'owner' })
  const convert = async () => {
    const { id } = await postLead(admin)
    const toThem = { responsibleUserId: responsible.id }
    t.equal((await admin('POST', `/v1/leads/${id}/convert`, toThem)).status, 201)
    return id
  }

  await t.test('alone and with others', async (t) => {
    const open = (await postLead(admin)).id
    const closed = await convert()
    const { status, body } = await admin('POST', `/v1/leads/${closed}/assign`, {
      assigneeId: plain.id
    })
    t.equal(status, 422)
    t.hasStrict(body, {
      errors: [{ pointer: '/assigneeId', code: 'no-converted-leads' }]
    })
    const many = { leadIds: [open, closed], assigneeId: plain.id }
    const { body: assigned } = await admin('POST', '/v1/leads/assign', many)
    t.hasStrict(assigned.results, [
      { leadId: open, outcome: 'changed', problem: null },
      { leadId: closed, outcome: 'refused', problem: { status: 422 } }
    ])
    const alone = { ...body, instance: assigned.results[1]?.problem?.instance }
    t.strictSame(assigned.results[1]?.problem, alone, 'the problem of the lead alone')
    t.equal((await admin('GET', `/v1/leads/${open}`)).body.assignee?.id, plain.id)
  })

  await t.test('by grant, role or client, who then can', async (t) => {
    for (const { id, call } of [granted, owner, responsible]) {
      const lead = await convert()
      const given = await admin('POST', `/v1/leads/${lead}/assign`, { assigneeId: id })
      t.equal(given.status, 200)
      t.equal((await call('PATCH', `/v1/leads/${lead}`, { message: 'On it' })).status, 200)
    }
  })

  await t.test('is worked on by the responsible user of its client, whoever has it', async (t) => {
    const { id } = await postLead(admin, { assignee: plain.id })
    const toThem = { responsibleUserId: responsible.id, planActivity: false }
    t.equal((await admin('POST', `/v1/leads/${id}/convert`, toThem)).status, 201)
    const change = { message: 'On it' }
    t.equal((await responsible.call('PATCH', `/v1/leads/${id}`, change)).status, 200)
    t.equal((await plain.call('PATCH', `/v1/leads/${id}`, change)).status, 403)
    const open = await postLead(admin, { assignee: plain.id })
    const { client } = (await admin('GET', `/v1/leads/${id}`)).body
    const link = { clientId: client?.id, planActivity: false }
    t.equal((await admin('POST', `/v1/leads/${open.id}/link`, link)).status, 201)
    const other = await responsible.call('PATCH', `/v1/leads/${open.id}`, change)
    t.equal(other.status, 403, 'a linked one is its assignee’s')
  })

  await t.test('stays with an assignee from before', async (t) => {
    const { id } = await postLead(admin, { assignee: plain.id })
    t.equal((await admin('POST', `/v1/leads/${id}/convert`, {})).status, 201)
    const again = await admin('POST', `/v1/leads/${id}/assign`, { assigneeId: plain.id })
    t.equal(again.status, 200)
  })

  await t.test('and to no queue: it would be lost to sight', async (t) => {
    const queue = (await admin('POST', '/v1/queues', { name: 'Vans' })).body
    const converted = await postLead(admin, { assignee: owner.id })
    await admin('POST', `/v1/leads/${converted.id}/convert`, {})
    const lost = await postLead(admin, { assignee: owner.id })
    await moveTo(admin, lost.id, 'lost')
    for (const { id } of [converted, lost]) {
      for (const [path, body] of [
        ['assign', { queueId: queue.id }],
        ['unclaim', undefined]
      ] as const) {
        const { status, problem } = await admin('POST', `/v1/leads/${id}/${path}`, body)
        t.equal(status, 409)
        t.match(problem.detail, /waits in no queue/)
      }
      t.equal((await admin('GET', `/v1/leads/${id}`)).body.assignee?.id, owner.id)
    }
    const open = await postLead(admin, { assignee: owner.id })
    const leadIds = [converted.id, open.id, lost.id]
    const { body } = await admin('POST', '/v1/leads/assign', { leadIds, queueId: queue.id })
    t.strictSame(
      body.results.map(({ outcome, problem }) => [outcome, problem?.status ?? null]),
      [
        ['refused', 409],
        ['changed', null],
        ['refused', 409]
      ]
    )
  })
})
