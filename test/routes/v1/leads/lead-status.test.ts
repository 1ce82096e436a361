import { sql } from 'drizzle-orm'
import t from 'tap'

import { newId } from '../../../../src/ids.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import {
  findStatusIds,
  historyOf,
  openConnections,
  postLead,
  postQuarantinedLead
} from '../../../support/leads.ts'
import { rowsOf } from '../../../support/sql.ts'
import { must } from '../../../support/must.ts'

void t.test('POST /v1/leads/{id}/status', async (t) => {
  const clock = { now: new Date('2026-11-21T17:00:00.000Z') }
  const { createDealer, database } = await createTestApp(t, { now: () => clock.now })
  const move = (call: Caller, id: string, body: object, headers?: Record<string, string>) =>
    call('POST', `/v1/leads/${id}/status`, body, headers)

  await t.test('200 moves on and keeps who, from where, why, and how long it stood', async (t) => {
    const { admin, withUser } = await createDealer()
    const owner = await withUser({ role: 'owner', name: 'Olga' })
    const statuses = await findStatusIds(admin)
    const lead = await postLead(admin)
    clock.now = new Date(clock.now.getTime() + 90_500)
    const moved = await move(owner.call, lead.id, { statusId: statuses.working })
    t.equal(moved.status, 200)
    t.equal(moved.headers.etag, '"2"')
    t.strictSame(moved.body.status, { id: statuses.working, name: 'working', group: 'working' })
    clock.now = new Date(clock.now.getTime() + 10_000)
    await move(owner.call, lead.id, { statusId: statuses.lost, reason: '  Bought elsewhere ' })
    const [lost, working] = await historyOf(admin, lead.id, 'lead.status_changed')
    t.strictSame(working?.actor, { type: 'user', id: owner.id, name: 'Olga' })
    t.strictSame(working?.data, {
      fromStatusId: statuses.new,
      toStatusId: statuses.working,
      fromGroup: 'new',
      toGroup: 'working',
      reason: null,
      code: null,
      stoodSeconds: 90
    })
    t.hasStrict(lost?.data, { toGroup: 'lost', reason: 'Bought elsewhere', stoodSeconds: 10 })
  })

  await t.test('200 corrects the reason of the status that the lead has', async (t) => {
    const { admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    const lead = await postLead(admin)
    await move(admin, lead.id, { statusId: statuses.lost, reason: 'A mistake' })
    const again = await move(admin, lead.id, { statusId: statuses.lost, reason: 'No financing' })
    t.equal(again.status, 200)
    t.equal(again.headers.etag, '"3"')
    t.match(again.body.statusReason, { name: 'No financing' })
    const same = await move(admin, lead.id, { statusId: statuses.lost, reason: 'No financing' })
    t.equal(same.headers.etag, '"3"', 'the same reason changes nothing')
    const none = await move(admin, lead.id, { statusId: statuses.lost })
    t.match(none.body.statusReason, { name: 'No financing' })
    const [event] = await historyOf(admin, lead.id, 'lead.updated')
    t.strictSame(event?.data, { fields: ['statusReason'] })
    t.equal((await historyOf(admin, lead.id, 'lead.status_changed')).length, 1)
  })

  await t.test('422 reason-required for lost and deleted, an empty reason is none', async (t) => {
    const { admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    const lead = await postLead(admin)
    for (const reason of [undefined, null, '', '  ']) {
      for (const group of ['lost', 'deleted']) {
        const answer = await move(admin, lead.id, { statusId: statuses[group], reason })
        t.equal(answer.status, 422)
        t.equal(answer.body.type, 'urn:leadyard:problem:reason-required')
        t.equal(answer.problem.errors?.[0]?.pointer, '/reason')
      }
    }
    t.equal((await admin('GET', `/v1/leads/${lead.id}`)).body.version, 1, 'nothing changed')
  })

  await t.test('a deleted lead is hidden from lists until it is restored', async (t) => {
    const { admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    const lead = await postLead(admin)
    const list = async (query = '') => (await admin('GET', `/v1/leads${query}`)).body.data.length
    await move(admin, lead.id, { statusId: statuses.deleted, reason: 'Spam' })
    t.equal(await list(), 0)
    t.equal(await list('?statusGroup=deleted'), 1)
    t.equal((await admin('GET', `/v1/leads/${lead.id}`)).status, 200, 'it is never removed')
    t.equal((await move(admin, lead.id, { statusId: statuses.new })).status, 200)
    t.equal(await list(), 1)
  })

  await t.test('409 into linked and converted, and from them back to new', async (t) => {
    const { id: dealerId, admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    const lead = await postLead(admin)
    for (const group of ['linked', 'converted']) {
      const answer = await move(admin, lead.id, { statusId: statuses[group] })
      t.equal(answer.status, 409, group)
      t.equal(answer.body.type, 'urn:leadyard:problem:conflict')
    }
    await giveClient(database, { dealerId, leadId: lead.id, statusId: must(statuses.linked) })
    t.equal((await move(admin, lead.id, { statusId: statuses.new })).status, 409, 'needs unlink')
    t.equal((await move(admin, lead.id, { statusId: statuses.converted })).status, 409)
    t.equal((await move(admin, lead.id, { statusId: statuses.sold })).status, 200)
    t.equal((await move(admin, lead.id, { statusId: statuses.new })).status, 409, 'still linked')
    t.equal((await move(admin, lead.id, { statusId: statuses.linked })).status, 200)
    const lost = await move(admin, lead.id, { statusId: statuses.lost, reason: 'Gone' })
    t.equal(lost.status, 200)
  })

  await t.test('a quarantined lead can be deleted and restored, nothing else', async (t) => {
    const { admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    const lead = await postQuarantinedLead(admin)
    t.equal((await move(admin, lead.id, { statusId: statuses.working })).status, 409)
    const deleted = await move(admin, lead.id, { statusId: statuses.deleted, reason: 'Spam' })
    t.equal(deleted.status, 200)
    t.equal(deleted.body.quarantined, true)
    t.equal((await move(admin, lead.id, { statusId: statuses.new })).status, 200)
  })

  await t.test('the status it has changes nothing; an unknown one is 422', async (t) => {
    const { admin } = await createDealer()
    const other = await createDealer()
    const statuses = await findStatusIds(admin)
    const foreign = await findStatusIds(other.admin)
    const lead = await postLead(admin)
    t.equal((await move(admin, lead.id, { statusId: statuses.new })).body.version, 1)
    t.strictSame(await historyOf(admin, lead.id, 'lead.status_changed'), [])
    for (const statusId of [newId(), foreign.working]) {
      const answer = await move(admin, lead.id, { statusId })
      t.equal(answer.status, 422)
      t.strictSame(answer.problem.errors, [
        { pointer: '/statusId', message: 'is not a known status', code: 'unknown-status' }
      ])
    }
    t.equal((await move(admin, lead.id, { statusId: 'x', extra: 1 })).status, 422)
  })

  await t.test('412 on another version; of two moves based on one, one is refused', async (t) => {
    const { admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    const lead = await postLead(admin)
    await openConnections(admin)
    const answers = await Promise.all(
      ['working', 'nurturing', 'qualified', 'unqualified'].map((group) =>
        move(admin, lead.id, { statusId: statuses[group] }, { 'if-match': '"1"' })
      )
    )
    // Without the lead's lock, several of them find version 1.
    t.strictSame(answers.map(({ status }) => status).toSorted(), [200, 412, 412, 412])
  })

  await t.test('404 for what one does not see, 403 for what one may not do', async (t) => {
    const { admin, withUser, withKey } = await createDealer()
    const other = await createDealer()
    const statuses = await findStatusIds(admin)
    const lead = await postLead(admin)
    const body = { statusId: statuses.working }
    const [outsider, insider] = [await withUser(), await withUser({ inQueue: true })]
    t.equal((await move(outsider.call, lead.id, body)).status, 404)
    t.equal((await move(other.admin, lead.id, body)).status, 404)
    t.equal((await move(insider.call, lead.id, body)).status, 200, 'unassigned, in their queue')
    await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: outsider.id })
    t.equal((await move(insider.call, lead.id, { statusId: statuses.new })).status, 404)
    t.equal((await move(outsider.call, lead.id, { statusId: statuses.new })).status, 200)
    t.equal((await move(await withKey(['read']), lead.id, body)).status, 403)
    t.equal((await move(await withKey(['leads:capture']), lead.id, body)).status, 403)
    t.equal((await move(await withKey(['write']), lead.id, body)).status, 200)
  })
})

/** Puts a lead where linking would: that call is tested elsewhere. */
async function giveClient(
  { db }: TestApp['database'],
  { dealerId, leadId, statusId }: { dealerId: string; leadId: string; statusId: string }
): Promise<void> {
  const clientId = newId()
  await db.transaction(dealerId, async (tx) => {
    await rowsOf(
      tx,
      sql`insert into clients (dealer_id, id, display_name, content, created_at, updated_at)
       values (${dealerId}, ${clientId}, 'Ada', '{}', now(), now())`
    )
    await rowsOf(
      tx,
      sql`update leads set client_id = ${clientId}, status_id = ${statusId} where dealer_id = ${dealerId} and id = ${leadId}`
    )
  })
}
