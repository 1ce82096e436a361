import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { watchActivities } from '../../../../src/use-cases/activities/watch-activities.ts'
import { findStatusIds, historyOf, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

void t.test('deleted leads', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const { id: dealerId, admin, withUser } = await createDealer()
  const anna = await withUser()
  const watching = { dealerId, mailDomain: 'leadyard.test' }
  const remove = async (id: string) => {
    const { deleted: statusId } = await findStatusIds(admin)
    const body = { statusId, reason: 'spam' }
    t.equal((await admin('POST', `/v1/leads/${id}/status`, body)).status, 200)
  }

  await t.test('nothing is planned on them; a note is taken', async (t) => {
    const { id: leadId } = await postLead(admin, { assignee: anna.id })
    await remove(leadId)
    const dueAt = new Date(Date.now() + 3_600_000).toISOString()
    const call = await anna.call('POST', '/v1/activities', { type: 'call', leadId, dueAt })
    t.equal(call.status, 409)
    t.match(call.problem.detail, /Restore it first/)
    const note = await anna.call('POST', '/v1/activities', { type: 'note', leadId })
    t.equal(note.status, 201)
  })

  await t.test('what was planned on them is cancelled, and planned again with them', async (t) => {
    const { id: leadId } = await postLead(admin, { assignee: anna.id })
    const plan = async (words: object) =>
      (await anna.call('POST', '/v1/activities', { type: 'call', leadId, ...words })).body
    const dueAt = new Date(Date.now() + 3_600_000).toISOString()
    const [planned, done, called] = [
      await plan({ dueAt }),
      await plan({ state: 'done' }),
      await plan({ dueAt })
    ]
    const stateOf = async ({ id }: { id: string }) =>
      (await admin('GET', `/v1/activities/${id}`)).body.state
    const cancelled = { state: 'cancelled' }
    t.equal((await anna.call('PATCH', `/v1/activities/${called.id}`, cancelled)).status, 200)
    await remove(leadId)
    t.equal(await stateOf(planned), 'cancelled')
    t.equal(await stateOf(done), 'done')
    t.hasStrict((await historyOf(admin, leadId, 'activity.updated'))[0]?.data, {
      ...{ state: 'cancelled', by: 'lead_deleted' }
    })
    const later = new Date(Date.now() + 7_200_000)
    t.equal(await watchActivities(database.db, { ...watching, now: later }), 0, 'no reminder')
    for (const change of [{ remindAt: dueAt }, { state: 'done' }]) {
      const refused = await admin('PATCH', `/v1/activities/${planned.id}`, change)
      t.equal(refused.status, 409)
      t.match(refused.problem.detail, /Restore it first/)
    }
    const { new: statusId } = await findStatusIds(admin)
    t.equal((await admin('POST', `/v1/leads/${leadId}/status`, { statusId })).status, 200)
    t.equal(await stateOf(planned), 'planned')
    t.equal(await stateOf(called), 'cancelled', 'a user had cancelled it')
    t.equal(await watchActivities(database.db, { ...watching, now: later }), 1)

    const { deleted } = await findStatusIds(admin)
    const body = { leadIds: [leadId], statusId: deleted, reason: 'spam' }
    const { operationId } = (await admin('POST', '/v1/leads/status', body)).body
    t.equal(await stateOf(planned), 'cancelled')
    t.equal((await admin('POST', `/v1/operations/${must(operationId)}/undo`)).status, 200)
    t.equal(await stateOf(planned), 'planned')
  })

  await t.test('a reason of theirs finds them, in lists and counts', async (t) => {
    const own = await createDealer()
    const { id } = await postLead(own.admin)
    const { deleted: statusId } = await findStatusIds(own.admin)
    const body = { statusId: must(statusId), reason: 'spam' }
    t.equal((await own.admin('POST', `/v1/leads/${id}/status`, body)).status, 200)
    const { data } = (await own.admin('GET', '/v1/leads?statusReason=spam')).body
    t.strictSame(
      data.map((lead) => lead.id),
      [id]
    )
    const counts = (await own.admin('GET', '/v1/leads/counts?by=statusGroup&statusReason=spam'))
      .body
    t.equal(counts.total, 1)
    t.equal(counts.data.find(({ value }) => value === 'deleted')?.count, 1)
    const others = (await own.admin('GET', '/v1/leads?statusReason=price')).body
    t.strictSame(others.data, [])
    t.strictSame((await own.admin('GET', '/v1/leads')).body.data, [], 'hidden without it')
  })
})
