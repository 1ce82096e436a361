import { sql } from 'drizzle-orm'
import t from 'tap'

import { newId } from '../../../../src/ids.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

const OFFICE = {
  week: Object.fromEntries(
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [
      day,
      [{ from: '09:00', to: '17:00' }]
    ])
  )
}

void t.test('the clock of a lead', async (t) => {
  const { createDealer, database } = await createTestApp(t)

  /** A lead at three in the night of a Friday in Warsaw, and somebody to act on it. */
  async function friday(words: object = {}) {
    const dealer = await createDealer()
    await dealer.admin('PATCH', '/v1/dealer', { timeZone: 'Europe/Warsaw', workingHours: OFFICE })
    const lead = await postLead(dealer.admin, words)
    await receive(dealer.id, lead.id, '2026-11-20T02:00:00Z')
    return { ...dealer, leadId: lead.id, user: await dealer.withUser({ role: 'admin' }) }
  }

  async function receive(dealerId: string, leadId: string, at: string) {
    await database.db.transaction(dealerId, (tx) =>
      tx.orm.execute(sql`update leads set received_at = ${at} where id = ${leadId}`)
    )
  }

  const clockOf = async (call: Caller, leadId: string) =>
    (await call('GET', `/v1/leads/${leadId}/clock`)).body
  const note = async (call: Caller, leadId: string, words: object) => {
    const answer = await call('POST', '/v1/activities', { leadId, state: 'done', ...words })
    if (answer.status !== 201) throw new Error(answer.text)
    return answer.body.id
  }

  await t.test('200 runs until somebody turns to the person', async (t) => {
    const { admin, leadId, user } = await friday()
    const running = await clockOf(admin, leadId)
    t.hasStrict(running, {
      received: { at: '2026-11-20T02:00:00.000Z', seconds: 0, workingSeconds: 0 },
      assigned: null,
      attempted: null,
      reached: null,
      met: null,
      respondBy: null,
      overdue: false,
      escalations: 0
    })
    const { seconds, workingSeconds } = must(running.running)
    t.ok(seconds > workingSeconds)

    await note(user.call, leadId, {
      type: 'call',
      outcome: 'no_answer',
      doneAt: '2026-11-20T08:10:00Z'
    })
    await note(user.call, leadId, {
      type: 'email',
      outcome: 'sent',
      doneAt: '2026-11-20T16:30:00Z'
    })
    await note(user.call, leadId, {
      type: 'call',
      outcome: 'reached',
      doneAt: '2026-11-21T10:00:00Z'
    })
    t.hasStrict(await clockOf(admin, leadId), {
      attempted: { at: '2026-11-20T08:10:00.000Z', seconds: 22_200, workingSeconds: 600 },
      reached: { at: '2026-11-21T10:00:00.000Z', seconds: 115_200, workingSeconds: 8 * 3600 },
      met: null,
      running: null
    })
    const visit = await note(user.call, leadId, { type: 'visit', doneAt: '2026-11-20T09:00:00Z' })
    const met = { at: '2026-11-20T09:00:00.000Z', seconds: 25_200, workingSeconds: 3600 }
    t.hasStrict(await clockOf(admin, leadId), { reached: met, met }, 'whoever is met is reached')

    await user.call('PATCH', `/v1/activities/${visit}`, { state: 'missed' })
    t.hasStrict(
      await clockOf(admin, leadId),
      { reached: { at: '2026-11-21T10:00:00.000Z' }, met: null },
      'nobody came'
    )
  })

  await t.test('200 is stopped by people alone', async (t) => {
    const { admin, leadId, user, withUser } = await friday()
    const doneAt = '2026-11-20T09:00:00Z'
    await note(admin, leadId, { type: 'call', outcome: 'reached', doneAt })
    await note(user.call, leadId, { type: 'note', text: 'Looks keen', doneAt })
    await note(user.call, leadId, { type: 'offer', doneAt })
    await user.call('POST', '/v1/activities', { leadId, type: 'call', dueAt: doneAt })
    const statuses = (await admin('GET', '/v1/statuses')).body.data
    const working = statuses.find(({ group }: { group: string }) => group === 'working')
    const path = `/v1/leads/${leadId}` as const
    t.equal((await user.call('POST', `${path}/status`, { statusId: must(working).id })).status, 200)
    t.equal((await user.call('POST', `${path}/assign`, { assigneeId: user.id })).status, 200)
    t.hasStrict(
      await clockOf(admin, leadId),
      { attempted: null, reached: null, met: null },
      'a key, a note, an offer, a plan, a status and an assignment are no contact'
    )
    const anna = await withUser()
    await admin('POST', '/v1/activities', {
      ...{ leadId, type: 'email', state: 'done', userId: anna.id, doneAt }
    })
    t.ok((await clockOf(admin, leadId)).attempted, 'what a key writes down for a user is theirs')
  })

  await t.test('200 counts by the hours of the queue', async (t) => {
    const { admin, leadId, user, defaultQueueId } = await friday()
    await admin('PATCH', `/v1/queues/${defaultQueueId}`, {
      workingHours: {
        timeZone: 'Europe/London',
        week: { friday: [{ from: '00:00', to: '08:00' }] }
      }
    })
    await note(user.call, leadId, { type: 'call', doneAt: '2026-11-20T10:00:00Z' })
    t.equal((await clockOf(admin, leadId)).attempted?.workingSeconds, 6 * 3600)
    await admin('PATCH', `/v1/queues/${defaultQueueId}`, { workingHours: null })
    await note(user.call, leadId, {
      ...{ type: 'call', outcome: 'reached', doneAt: '2026-11-20T10:00:00Z' }
    })
    t.hasStrict(
      await clockOf(admin, leadId),
      { attempted: { workingSeconds: 6 * 3600 }, reached: { workingSeconds: 2 * 3600 } },
      'what was measured keeps the hours of then'
    )
  })

  await t.test('200 has no time before arrival, and none to come', async (t) => {
    const { admin, leadId, user } = await friday()
    const later = await note(user.call, leadId, { type: 'call', doneAt: '9999-01-01T00:00:00Z' })
    const { attempted } = await clockOf(admin, leadId)
    t.ok(Date.parse(must(attempted).at) <= Date.now())
    await user.call('PATCH', `/v1/activities/${later}`, { doneAt: '2026-11-19T09:00:00Z' })
    t.strictSame((await clockOf(admin, leadId)).attempted, {
      at: '2026-11-19T09:00:00.000Z',
      seconds: 0,
      workingSeconds: 0
    })
  })

  await t.test('200 tells when somebody first had it', async (t) => {
    const { admin, leadId, user, withUser } = await friday()
    await admin('POST', `/v1/leads/${leadId}/assign`, { assigneeId: user.id })
    const first = must((await clockOf(admin, leadId)).assigned)
    t.ok(first.seconds > 0)
    const anna = await withUser()
    await admin('POST', `/v1/leads/${leadId}/assign`, { assigneeId: anna.id })
    t.strictSame((await clockOf(admin, leadId)).assigned, first)
    t.equal((await anna.call('GET', `/v1/leads/${leadId}/clock`)).status, 200)
  })

  // Guards the lock in `keepClock`: without it the later of two writes what it saw before the other.
  await t.test('200 counts activities written at once', async (t) => {
    const { admin, leadId, user } = await friday()
    const calls = Array.from({ length: 8 }, (_, hour) =>
      note(user.call, leadId, { type: 'call', doneAt: `2026-11-20T${10 + hour}:00:00Z` })
    )
    await Promise.all(calls)
    t.equal((await clockOf(admin, leadId)).attempted?.at, '2026-11-20T10:00:00.000Z')
  })

  await t.test('404 for a lead that one does not see', async (t) => {
    const { admin, leadId, withUser } = await friday()
    const stranger = await withUser()
    t.equal((await stranger.call('GET', `/v1/leads/${leadId}/clock`)).status, 404)
    t.equal((await admin('GET', `/v1/leads/${newId()}/clock`)).status, 404)
    const other: TestDealer = await createDealer()
    t.equal((await other.admin('GET', `/v1/leads/${leadId}/clock`)).status, 404)
  })
})
