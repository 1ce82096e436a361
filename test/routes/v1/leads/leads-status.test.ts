import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { findStatusIds, historyOf, postLead, postQuarantinedLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

void t.test('many leads are moved to a status', async (t) => {
  let clock = new Date('2026-11-21T09:00:00.000Z')
  const tick = () => (clock = new Date(clock.getTime() + 60_000))
  const { createDealer } = await createTestApp(t, { now: () => clock })

  await t.test('200 moves each that may go, and says why the others stay', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser({ name: 'Anna' })
    const ids = await findStatusIds(admin)
    const mine = await postLead(admin, { assignee: anna.id })
    const there = await postLead(admin, { assignee: anna.id })
    const hidden = await postLead(admin)
    const held = await postQuarantinedLead(admin)
    const statusId = must(ids.working)
    await admin('POST', `/v1/leads/${there.id}/status`, { statusId })
    const leadIds = [hidden.id, there.id, mine.id]
    const { status, body } = await anna.call('POST', '/v1/leads/status', { leadIds, statusId })
    t.equal(status, 200)
    t.type(body.operationId, 'string')
    t.strictSame(
      body.results.map(({ leadId, outcome, problem }) => [leadId, outcome, problem?.status]),
      [
        [hidden.id, 'refused', 404],
        [there.id, 'unchanged', undefined],
        [mine.id, 'changed', undefined]
      ]
    )
    t.match(body.results[0]?.problem, { type: 'urn:leadyard:problem:not-found' })
    t.equal((await historyOf(admin, mine.id, 'lead.status_changed')).length, 1)
    const lost = { leadIds: [mine.id, held.id], statusId: must(ids.lost) }
    const without = await admin('POST', '/v1/leads/status', lost)
    t.strictSame(
      without.body.results.map(({ problem }) => problem?.type.split(':').at(-1)),
      ['reason-required', 'conflict']
    )
    t.equal(without.body.operationId, null)
  })

  await t.test('a reason is corrected, and an undo returns the one before', async (t) => {
    const { admin } = await createDealer()
    const ids = await findStatusIds(admin)
    const lead = await postLead(admin)
    const move = (reason: string) =>
      admin('POST', '/v1/leads/status', { leadIds: [lead.id], statusId: must(ids.lost), reason })
    await move('A mistake')
    const { body } = await move('No financing')
    t.equal(must(body.results[0]).outcome, 'changed')
    t.equal(must((await move('No financing')).body.results[0]).outcome, 'unchanged')
    const reasonOf = async () => (await admin('GET', `/v1/leads/${lead.id}`)).body.statusReason
    t.match(await reasonOf(), { name: 'No financing' })
    t.equal((await admin('POST', `/v1/operations/${must(body.operationId)}/undo`)).status, 200)
    t.match(await reasonOf(), { name: 'A mistake' })
  })

  await t.test('an undo returns all of them, since when they stood there', async (t) => {
    const { admin } = await createDealer()
    const ids = await findStatusIds(admin)
    const leads = [await postLead(admin), await postLead(admin)]
    const leadIds = leads.map(({ id }) => id)
    const [first, second] = leadIds
    tick()
    await admin('POST', `/v1/leads/${must(second)}/status`, { statusId: must(ids.working) })
    const stood = async () =>
      await Promise.all(
        leadIds.map(async (id) => {
          const { body } = await admin('GET', `/v1/leads/${id}`)
          return { status: body.status, statusSince: body.statusSince }
        })
      )
    const before = await stood()
    tick()
    const moved = { leadIds, statusId: must(ids.lost), reason: 'Bought elsewhere' }
    const { body } = await admin('POST', '/v1/leads/status', moved)
    t.ok((await stood()).every(({ status }) => status.group === 'lost'))
    const operation = `/v1/operations/${must(body.operationId)}` as const
    const shown = await admin('GET', operation)
    t.strictSame([shown.body.kind, shown.body.leadIds.toSorted()], ['status', leadIds.toSorted()])
    tick()
    const undone = await admin('POST', `${operation}/undo`)
    t.equal(undone.status, 200)
    t.strictSame(await stood(), before)
    const [entry] = await historyOf(admin, must(first), 'lead.status_changed')
    t.equal(entry?.sentence, 'The move to another status was undone.')
    t.equal((await admin('POST', `${operation}/undo`)).status, 409, 'only once')
  })

  await t.test('409 undoes nothing where one lead was changed since', async (t) => {
    const { admin } = await createDealer()
    const ids = await findStatusIds(admin)
    const leads = [await postLead(admin), await postLead(admin)]
    const leadIds = leads.map(({ id }) => id)
    const move = { leadIds, statusId: must(ids.working) }
    const { body } = await admin('POST', '/v1/leads/status', move)
    await admin('PATCH', `/v1/leads/${must(leadIds[0])}`, { message: 'Changed' })
    const undone = await admin('POST', `/v1/operations/${must(body.operationId)}/undo`)
    t.equal(undone.status, 409)
    t.strictSame(undone.problem.leadIds, [leadIds[0]])
    const { body: other } = await admin('GET', `/v1/leads/${must(leadIds[1])}`)
    t.equal(other.status.group, 'working')
  })

  await t.test('422 for an unknown status, and for sales', async (t) => {
    const { admin } = await createDealer()
    const foreign = await findStatusIds((await createDealer()).admin)
    const ids = await findStatusIds(admin)
    const { id } = await postLead(admin)
    for (const statusId of [must(foreign.working), must(ids.sold)]) {
      const { status, problem } = await admin('POST', '/v1/leads/status', {
        leadIds: [id],
        statusId
      })
      t.strictSame([status, problem.errors?.[0]?.pointer], [422, '/statusId'])
    }
  })
})
