import t from 'tap'

import { statement } from '../../../../src/database/statement.ts'
import { newId } from '../../../../src/ids.ts'
import { createTestApp } from '../../../support/app.ts'
import {
  findStatusIds,
  historyOf,
  openConnections,
  postLead,
  postQuarantinedLead
} from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

const PLACE = statement(
  'test-place',
  { leadId: 'uuid' },
  `select home_queue_id as home, assigned_at as since, first_assigned_at as first,
     (select count(*)::int from deliveries d
       where d.dealer_id = :dealerId and d.lead_id = :leadId) as mails
   from leads where dealer_id = :dealerId and id = :leadId`
).returning<{ home: string; since: Date | null; first: Date | null; mails: number }>()

void t.test('claiming leads from queues, and putting them back', async (t) => {
  const clock = { now: new Date('2026-11-21T17:00:00.000Z') }
  const { createDealer, database } = await createTestApp(t, { now: () => clock.now })
  const pass = (minutes: number) => {
    clock.now = new Date(clock.now.getTime() + minutes * 60_000)
    return clock.now
  }
  /** What routing and the clock read of a lead. */
  const placeOf = async (dealerId: string, leadId: string) => {
    const rows = await database.db.transaction(dealerId, (tx) => tx.run(PLACE, { leadId }))
    return must(rows[0])
  }

  await t.test(
    '200 makes it theirs, and nobody is mailed of that; again, nothing changes',
    async (t) => {
      const { id: dealerId, admin, withUser, defaultQueueId } = await createDealer()
      const anna = await withUser({ name: 'Anna', inQueue: true })
      const lead = await postLead(admin)
      const at = pass(1)
      const claimed = await anna.call('POST', `/v1/leads/${lead.id}/claim`)
      t.equal(claimed.status, 200)
      t.hasStrict(claimed.body, { assignee: { id: anna.id, name: 'Anna' }, queue: null })
      t.equal(claimed.headers.etag, '"2"')
      pass(1)
      const again = await anna.call('POST', `/v1/leads/${lead.id}/claim`)
      t.strictSame([again.status, again.body], [200, claimed.body])
      t.strictSame(await placeOf(dealerId, lead.id), {
        home: defaultQueueId,
        since: at,
        first: at,
        // To her, as a member of the queue.
        mails: 1
      })
      const events = await historyOf(admin, lead.id, 'lead.assigned')
      t.equal(events.length, 1)
      t.hasStrict(events[0], {
        actor: { type: 'user', id: anna.id },
        data: { fromQueueId: defaultQueueId, toAssigneeId: anna.id, by: 'claim' }
      })
    }
  )

  // Guards the lock in `claimLead`: read before it, and both find the lead waiting.
  await t.test('of many at once exactly one gets it, every other is answered 409', async (t) => {
    const { admin, withUser } = await createDealer()
    const users = []
    for (let index = 0; index < 6; index += 1) users.push(await withUser({ inQueue: true }))
    await openConnections(admin)
    for (let round = 0; round < 5; round += 1) {
      const lead = await postLead(admin)
      const answers = await Promise.all(
        users.map(({ call }) => call('POST', `/v1/leads/${lead.id}/claim`))
      )
      t.strictSame(answers.map(({ status }) => status).toSorted(), [200, 409, 409, 409, 409, 409])
      const winner = must(users[answers.findIndex(({ status }) => status === 200)])
      t.equal((await admin('GET', `/v1/leads/${lead.id}`)).body.assignee?.id, winner.id)
      const refused = must(answers.find(({ status }) => status === 409))
      t.equal(refused.body.type, 'urn:leadyard:problem:conflict')
      t.notOk(refused.text.includes(winner.id), 'not by whom')
      t.equal((await historyOf(admin, lead.id, 'lead.assigned')).length, 1)
    }
  })

  await t.test('404 for what one could never have seen waiting', async (t) => {
    const { admin, withUser, defaultQueueId } = await createDealer()
    const foreign = await createDealer()
    const [anna, outsider] = [await withUser({ inQueue: true }), await withUser()]
    const vans = (await admin('POST', '/v1/queues', { name: 'Vans' })).body
    const claim = async (user: { call: typeof admin }, id: string) =>
      (await user.call('POST', `/v1/leads/${id}/claim`)).status

    const waiting = await postLead(admin)
    t.equal(await claim(outsider, waiting.id), 404, 'in a queue of others')
    t.equal(await claim(await foreign.withUser({ role: 'owner' }), waiting.id), 404)
    t.equal(await claim(anna, newId()), 404)
    t.equal((await admin('POST', `/v1/leads/${waiting.id}/claim`)).status, 403, 'a key is nobody')

    await admin('POST', `/v1/leads/${waiting.id}/assign`, { queueId: vans.id })
    t.equal(
      await claim(anna, waiting.id),
      403,
      'it went to another queue: told of it, she reads it'
    )
    await admin('POST', `/v1/leads/${waiting.id}/assign`, { assigneeId: outsider.id })
    t.equal(await claim(anna, waiting.id), 409, 'it was taken from that one')
    t.equal(await claim(await withUser({ role: 'admin' }), waiting.id), 409, 'who sees all')

    const owner = await withUser({ role: 'owner' })
    const queued = await postLead(admin)
    await admin('POST', `/v1/leads/${queued.id}/assign`, { queueId: vans.id })
    t.equal(await claim(owner, queued.id), 200, 'owners take from any queue')
    await admin('POST', `/v1/leads/${queued.id}/assign`, { queueId: defaultQueueId })
    t.equal(await claim(anna, queued.id), 200)
  })

  await t.test('409 while it is quarantined, 412 for another version', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser({ inQueue: true })
    const held = await postQuarantinedLead(admin)
    t.equal((await anna.call('POST', `/v1/leads/${held.id}/claim`)).status, 409)
    t.equal((await admin('GET', `/v1/leads/${held.id}`)).body.assignee, null)
    const lead = await postLead(admin)
    const url = `/v1/leads/${lead.id}/claim` as const
    t.equal((await anna.call('POST', url, undefined, { 'if-match': '"7"' })).status, 412)
    t.equal((await anna.call('POST', url, undefined, { 'if-match': '"1"' })).status, 200)
  })

  await t.test('a lead goes back to the queue it last waited in', async (t) => {
    const { id: dealerId, admin, withUser, defaultQueueId } = await createDealer()
    const [anna, ben] = [await withUser({ inQueue: true }), await withUser({ inQueue: true })]
    const vans = (await admin('POST', '/v1/queues', { name: 'Vans' })).body
    await admin('PUT', `/v1/queues/${vans.id}/members/${anna.id}`)
    const lead = await postLead(admin)
    await admin('POST', `/v1/leads/${lead.id}/assign`, { queueId: vans.id })
    const first = pass(1)
    await anna.call('POST', `/v1/leads/${lead.id}/claim`)
    await anna.call('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: ben.id })
    t.equal((await placeOf(dealerId, lead.id)).home, vans.id, 'kept from hand to hand')

    t.equal((await anna.call('POST', `/v1/leads/${lead.id}/unclaim`)).status, 403, 'not hers now')
    const back = await ben.call('POST', `/v1/leads/${lead.id}/unclaim`)
    t.equal(back.status, 200)
    t.hasStrict(back.body, { assignee: null, queue: { id: vans.id, name: 'Vans' } })
    t.hasStrict(await placeOf(dealerId, lead.id), { home: vans.id, since: null, first })
    const [event] = await historyOf(admin, lead.id, 'lead.assigned')
    t.hasStrict(event?.data, { fromAssigneeId: ben.id, toQueueId: vans.id, by: 'unclaim' })
    const idle = await anna.call('POST', `/v1/leads/${lead.id}/unclaim`)
    t.strictSame([idle.status, idle.body.version], [200, back.body.version], 'it waits already')

    const again = pass(1)
    await anna.call('POST', `/v1/leads/${lead.id}/claim`)
    t.hasStrict(await placeOf(dealerId, lead.id), { since: again, first }, 'first stays first')

    const direct = await postLead(admin, { assignee: ben.id })
    const unclaimed = await ben.call('POST', `/v1/leads/${direct.id}/unclaim`)
    t.equal(unclaimed.body.queue?.id, defaultQueueId, 'it never waited anywhere')
  })

  await t.test('a user puts back their own lead; an admin puts back any', async (t) => {
    const { admin, withUser, withKey } = await createDealer()
    const anna = await withUser({ inQueue: true })
    const make = async () =>
      `/v1/leads/${(await postLead(admin, { assignee: anna.id })).id}/unclaim`
    const [key, reader] = [await withKey(['write']), await withKey(['read'])]
    t.equal((await key('POST', await make())).status, 200)
    t.equal((await reader('POST', await make())).status, 403)
    for (const role of ['owner', 'admin'] as const) {
      t.equal((await (await withUser({ role })).call('POST', await make())).status, 200, role)
    }
    t.equal((await (await withUser({ inQueue: true })).call('POST', await make())).status, 404)
    const url = await make()
    t.equal((await anna.call('POST', url, undefined, { 'if-match': '"9"' })).status, 412)
  })

  await t.test('a lead that does not wait is not for the members of its queue', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser({ inQueue: true })
    const granted = await withUser({ inQueue: true, grants: ['conversions.view'] })
    const statusIds = await findStatusIds(admin)
    const move = async (id: string, group: string) => {
      const body = { statusId: must(statusIds[group]), reason: 'Said so' }
      t.equal((await admin('POST', `/v1/leads/${id}/status`, body)).status, 200)
    }
    for (const [isClient, group] of [
      [true, 'sold'],
      [true, 'lost'],
      [true, 'working'],
      [false, 'sold'],
      [false, 'lost'],
      [false, 'deleted']
    ] as const) {
      const { id } = await postLead(admin)
      const url = `/v1/leads/${id}` as const
      if (isClient) t.equal((await admin('POST', `${url}/convert`, {})).status, 201)
      await move(id, group)
      t.equal((await admin('GET', url)).body.queue, null)
      for (const { call } of [anna, granted]) {
        const { data } = (await call('GET', '/v1/leads?limit=200')).body
        t.notOk(
          data.some((lead) => lead.id === id),
          group
        )
        const answers = [
          await call('PATCH', url, { message: 'Mine' }),
          await call('POST', `${url}/status`, { statusId: must(statusIds.nurturing) }),
          await call('POST', `${url}/claim`)
        ]
        for (const { status } of answers) t.match(String(status), /^40[34]$/, group)
      }
      const late = await withUser({ inQueue: true })
      t.equal((await late.call('GET', url)).status, 404, 'who was not told of it')
      if (isClient || group !== 'lost') continue
      await move(id, 'working')
      t.equal((await anna.call('GET', url)).status, 200, 'it waits again')
    }
  })
})
