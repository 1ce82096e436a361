import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

void t.test('deleted leads', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin, withUser } = await createDealer()
  const anna = await withUser()
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
