import { sql } from 'drizzle-orm'
import t from 'tap'

import type { Transaction } from '../../../../src/database/client.ts'
import { newId } from '../../../../src/ids.ts'
import { createTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { findStatusIds, historyOf, openConnections, postLead } from '../../../support/leads.ts'
import { rowsOf } from '../../../support/sql.ts'
import { nextPage } from '../../../support/response.ts'
import { must } from '../../../support/must.ts'

void t.test('statuses', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const { db } = database
  const copyLead = (dealerId: string, leadId: string, count: number) =>
    db.transaction(dealerId, (tx) => copyLeadIn(tx, leadId, count))
  const countEvents = async (dealerId: string) => {
    const rows = await db.transaction(dealerId, (tx) =>
      rowsOf<{ count: number }>(
        tx,
        sql`select count(distinct lead_id)::int as count from events
         where dealer_id = ${dealerId} and type = 'lead.status_changed'`
      )
    )
    return rows[0]?.count
  }

  await t.test('every group is told, and a dealer begins with a status of each', async (t) => {
    const { admin } = await createDealer()
    const groups = (await admin('GET', '/v1/status-groups')).body.data
    t.strictSame(
      groups.map(({ group }: { group: string }) => group),
      [
        'new',
        'working',
        'nurturing',
        'qualified',
        'unqualified',
        'linked',
        'converted',
        'sold',
        'lost',
        'deleted'
      ]
    )
    t.hasStrict(groups[0], { open: true, system: true })
    t.hasStrict(groups[7], { group: 'sold', open: false, system: false })
    const statuses = (await admin('GET', '/v1/statuses')).body.data
    t.strictSame(
      statuses.map(({ group, name }: { group: string; name: string }) => [group, name]),
      groups.map(({ group }: { group: string }) => [group, group])
    )
  })

  await t.test(
    '201 adds a status at the end or where it belongs; lists are by position',
    async (t) => {
      const { admin } = await createDealer()
      const last = await admin('POST', '/v1/statuses', { name: 'Archived', group: 'lost' })
      t.equal(last.status, 201)
      t.hasStrict(last.body, { position: 10, color: null, version: 1 })
      const first = await admin('POST', '/v1/statuses', {
        name: 'Called back',
        group: 'working',
        color: '#2f9e44',
        position: 0
      })
      const url = String(first.headers.location)
      t.strictSame((await admin('GET', url)).body, first.body)
      const changed = await admin('PATCH', url, { position: 9, color: null, name: 'Back' })
      t.hasStrict(changed.body, { position: 9, color: null, name: 'Back', version: 2 })
      t.equal((await admin('PATCH', url, { name: 'X' }, { 'if-match': '"1"' })).status, 412)

      const seen: { position: number; id: string }[] = []
      let next: string | null = '/v1/statuses?limit=5'
      while (next !== null) {
        const { body, headers } = await admin('GET', next)
        seen.push(...body.data)
        next = nextPage({ headers })
      }
      t.equal(new Set(seen.map(({ id }) => id)).size, 12, 'pages join')
      const positions = seen.map(({ position }) => position)
      t.strictSame(
        positions,
        positions.toSorted((a, b) => a - b)
      )
      t.equal((await admin('GET', '/v1/statuses?group=lost')).body.data.length, 2)
    }
  )

  await t.test(
    '409 for a name that is taken, 422 for what is wrong, 404 for others’',
    async (t) => {
      const { admin, withUser, withKey } = await createDealer()
      const other = await createDealer()
      const taken = await admin('POST', '/v1/statuses', { name: 'new', group: 'new' })
      t.equal(taken.problem.type, 'urn:leadyard:problem:already-exists')
      const wrong = { name: '', group: 'odd', color: 'red', position: -1, x: 1 }
      t.equal((await admin('POST', '/v1/statuses', wrong)).problem.errors?.length, 5)
      const foreign = must((await findStatusIds(other.admin)).working)
      t.equal((await admin('GET', `/v1/statuses/${foreign}`)).status, 404)
      t.equal((await admin('PATCH', `/v1/statuses/${foreign}`, { name: 'X' })).status, 404)
      t.equal((await admin('DELETE', `/v1/statuses/${foreign}`)).status, 404)
      const member = await withUser()
      t.equal((await member.call('GET', '/v1/statuses')).status, 200)
      t.equal((await member.call('POST', '/v1/statuses', { name: 'A', group: 'new' })).status, 403)
      const write = await withKey(['write'])
      t.equal((await write('DELETE', `/v1/statuses/${foreign}`)).status, 403)
    }
  )

  await t.test('409 for the last of a group the system uses; others may go', async (t) => {
    const { admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    for (const group of ['new', 'linked', 'converted', 'deleted']) {
      const url = `/v1/statuses/${statuses[group]}` as const
      const deleted = await admin('DELETE', `${url}?replacementId=${statuses.working}`)
      t.equal(deleted.status, 409, `${group} stays`)
      t.equal((await admin('PATCH', url, { group: 'working' })).status, 409)
      t.equal((await admin('PATCH', url, { name: `our ${group}` })).status, 200, 'in any name')
      await admin('POST', '/v1/statuses', { name: `second ${group}`, group })
      t.equal((await admin('DELETE', url)).status, 204, 'another remains')
      t.equal((await admin('GET', url)).status, 404)
    }
    t.equal((await admin('DELETE', `/v1/statuses/${statuses.sold}`)).status, 204)
    const lead = await postLead(admin)
    t.equal(lead.status.name, 'second new', 'behaviour hangs on the group')
  })

  await t.test('409 status-in-use counts the leads; a replacement takes them over', async (t) => {
    const { admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    const created = await admin('POST', '/v1/statuses', { name: 'Odd', group: 'working' })
    const odd = created.body.id
    const leads = [await postLead(admin), await postLead(admin)]
    for (const { id } of leads) await admin('POST', `/v1/leads/${id}/status`, { statusId: odd })
    const refused = await admin('DELETE', `/v1/statuses/${odd}`)
    t.equal(refused.status, 409)
    t.hasStrict(refused.body, { type: 'urn:leadyard:problem:status-in-use', leadCount: 2 })

    const wrong = async (replacementId: string) =>
      (await admin('DELETE', `/v1/statuses/${odd}?replacementId=${replacementId}`)).status
    t.equal(await wrong(newId()), 422)
    t.equal(await wrong(odd), 422, 'itself')
    t.equal(await wrong(must(statuses.linked)), 409, 'they have no client')
    const gone = await admin('DELETE', `/v1/statuses/${odd}?replacementId=${statuses.lost}`)
    t.equal(gone.status, 204)
    for (const { id } of leads) {
      const lead = (await admin('GET', `/v1/leads/${id}`)).body
      t.hasStrict(lead, { status: { group: 'lost' }, version: 3 })
      const [entry] = await historyOf(admin, id, 'lead.status_changed')
      t.hasStrict(entry?.data, {
        fromStatusId: odd,
        toStatusId: statuses.lost,
        fromGroup: 'working',
        toGroup: 'lost',
        code: 'status_deleted'
      })
      t.type(entry?.data.stoodSeconds, 'number')
    }
    const events = (await admin('GET', '/v1/events?type=status.deleted')).body.data
    t.hasStrict(events[0]?.data, { name: 'Odd', group: 'working', leadCount: 2 })
  })

  await t.test(
    'a status that leads have changes group only where nothing hangs on it',
    async (t) => {
      const { admin } = await createDealer()
      const statuses = await findStatusIds(admin)
      const lead = await postLead(admin)
      await admin('POST', `/v1/leads/${lead.id}/status`, { statusId: statuses.working })
      const regroup = (group: string) =>
        admin('PATCH', `/v1/statuses/${statuses.working}`, { group })
      for (const group of ['linked', 'converted', 'sold', 'lost', 'deleted']) {
        const answer = await regroup(group)
        t.equal(answer.status, 409, group)
        t.equal(answer.problem.leadCount, 1)
      }
      t.equal((await regroup('qualified')).status, 200)
      t.equal((await admin('GET', `/v1/leads/${lead.id}`)).body.status.group, 'qualified')
      await admin('POST', `/v1/leads/${lead.id}/status`, { statusId: statuses.new })
      t.equal((await regroup('lost')).status, 200, 'unused, it may mean anything')
    }
  )

  // Guards the lock of statuses: without it both find another status of the group, and delete theirs.
  await t.test('of two last statuses deleted at once, one remains', async (t) => {
    for (const how of ['DELETE', 'PATCH', 'both'] as const) {
      const { admin } = await createDealer()
      const first = must((await findStatusIds(admin)).new)
      const second = (await admin('POST', '/v1/statuses', { name: 'Fresh', group: 'new' })).body.id
      const leave = (id: string, index: number) =>
        how === 'DELETE' || (how === 'both' && index === 0)
          ? admin('DELETE', `/v1/statuses/${id}`)
          : admin('PATCH', `/v1/statuses/${id}`, { group: 'working' })
      await openConnections(admin)
      const answers = await Promise.all([first, second].map(leave))
      t.equal(answers.filter(({ status }) => status === 409).length, 1, how)
      t.equal((await admin('GET', '/v1/statuses?group=new')).body.data.length, 1)
    }
  })

  // Guards the share lock on a lead's new status, and the deletion's own.
  await t.test('leads that move in while a status goes are all moved, or refused', async (t) => {
    const { admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    const odd = (await admin('POST', '/v1/statuses', { name: 'Odd', group: 'working' })).body.id
    const leads: { id: string }[] = []
    for (let i = 0; i < 10; i += 1) leads.push(await postLead(admin))
    const [gone, ...moves] = await Promise.all([
      later(admin, 'DELETE', `/v1/statuses/${odd}?replacementId=${statuses.nurturing}`),
      ...leads.map(({ id }) => admin('POST', `/v1/leads/${id}/status`, { statusId: odd }))
    ])
    t.equal(gone.status, 204)
    t.ok(moves.every(({ status }) => status === 200 || status === 422))
    const list = (await admin('GET', '/v1/leads?statusGroup=nurturing')).body.data
    t.equal(list.length, moves.filter(({ status }) => status === 200).length)
  })

  await t.test('a lead that moves into a status never finds itself in another group', async (t) => {
    const { admin } = await createDealer()
    const odd = (await admin('POST', '/v1/statuses', { name: 'Odd', group: 'working' })).body.id
    for (let round = 0; round < 5; round += 1) {
      const lead = await postLead(admin)
      await admin('PATCH', `/v1/statuses/${odd}`, { group: 'working' })
      const [moved, regrouped] = await Promise.all([
        admin('POST', `/v1/leads/${lead.id}/status`, { statusId: odd }),
        admin('PATCH', `/v1/statuses/${odd}`, { group: 'lost' })
      ])
      // Whichever came first, the other heeds it: lost leads have reasons.
      t.strictSame([moved.status, regrouped.status], moved.status === 200 ? [200, 409] : [422, 200])
      const { new: fresh } = await findStatusIds(admin)
      await admin('POST', `/v1/leads/${lead.id}/status`, { statusId: fresh })
    }
  })

  await t.test('leads go on arriving while a status of group new is deleted', async (t) => {
    const { admin } = await createDealer()
    const first = must((await findStatusIds(admin)).new)
    const second = (await admin('POST', '/v1/statuses', { name: 'Fresh', group: 'new' })).body.id
    const lead = (index: number) =>
      admin('POST', '/v1/leads', { source: 'website', contact: { email: `n${index}@example.com` } })
    const [gone, ...leads] = await Promise.all([
      later(admin, 'DELETE', `/v1/statuses/${first}?replacementId=${second}`),
      ...Array.from({ length: 30 }, (_, index) => lead(index))
    ])
    t.equal(gone.status, 204)
    t.strictSame(new Set(leads.map(({ status }) => status)), new Set([201]))
    t.equal((await admin('GET', `/v1/leads?status=${second}`)).body.data.length, 30)
  })

  // Guards the deletion's second look, under a lock that captures respect.
  await t.test(
    'a lead still being stored when its status is deleted goes with the rest',
    async (t) => {
      const { id, admin } = await createDealer()
      const { new: first } = await findStatusIds(admin)
      const second = (await admin('POST', '/v1/statuses', { name: 'Fresh', group: 'new' })).body.id
      const lead = await postLead(admin)
      let release: (() => void) | undefined
      const held = new Promise<void>((resolve) => {
        release = resolve
      })
      const storing = db.transaction(id, async (tx) => {
        await copyLeadIn(tx, lead.id, 1)
        await held
      })
      await new Promise((resolve) => setTimeout(resolve, 50))
      const deleting = admin('DELETE', `/v1/statuses/${first}?replacementId=${second}`)
      await new Promise((resolve) => setTimeout(resolve, 300))
      release?.()
      await storing
      t.equal((await deleting).status, 204)
      t.equal((await admin('GET', `/v1/leads?status=${second}`)).body.data.length, 2)
      t.equal(await countEvents(id), 2)
    }
  )

  await t.test('more leads than one batch are moved, each with its event', async (t) => {
    const { id, admin } = await createDealer()
    const { new: first } = await findStatusIds(admin)
    const second = (await admin('POST', '/v1/statuses', { name: 'Fresh', group: 'new' })).body.id
    const { id: leadId } = await postLead(admin)
    await copyLead(id, leadId, 2_345)
    const gone = await admin('DELETE', `/v1/statuses/${first}?replacementId=${second}`)
    t.equal(gone.status, 204)
    const count = await countEvents(id)
    t.equal(count, 2_346)
  })
})

/** A moment after the others have begun. */
async function later(call: Caller, method: 'DELETE', url: string) {
  await new Promise((resolve) => setTimeout(resolve, 15))
  return await call(method, url)
}

/** Many leads like one, without the time that posting them takes. */
async function copyLeadIn(tx: Transaction, leadId: string, count: number): Promise<void> {
  await rowsOf(
    tx,
    sql`insert into leads (dealer_id, id, type, source_id, status_id, status_changed_at, is_test,
       content, payload_id, received_at, updated_at)
     select dealer_id, gen_random_uuid(), type, source_id, status_id, status_changed_at, is_test,
       content, payload_id, received_at, updated_at
     from leads, generate_series(1, ${count}) where dealer_id = ${tx.dealerId} and id = ${leadId}`
  )
}
