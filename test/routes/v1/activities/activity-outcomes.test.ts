import t from 'tap'

import { ACTIVITY_TYPES } from '../../../../src/domain/activities/activity.ts'
import { sharedTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'

interface TypeWords {
  type: string
  outcomes: { done: string[]; missed: string[] }
}

void t.test('outcomes of activities', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('a type takes its own words in their states, and no others', async (t) => {
    const { admin } = await createDealer()
    const types: TypeWords[] = (await admin('GET', '/v1/activity-types')).body.data
    t.strictSame(
      types.map(({ type }) => type),
      [...ACTIVITY_TYPES]
    )
    const every = [
      ...new Set(types.flatMap(({ outcomes }) => [...outcomes.done, ...outcomes.missed]))
    ]
    t.ok(every.length > 15)
    const states = ['planned', 'done', 'missed', 'cancelled'] as const
    // One type of each kind of list is enough through the API: the lists are the domain's.
    for (const { type, outcomes } of types.filter(({ type }) => /^(call|visit|note)$/.test(type))) {
      for (const [state, outcome] of states.flatMap((state) =>
        every.map((word) => [state, word] as const)
      )) {
        const may = state === 'done' || state === 'missed' ? outcomes[state] : []
        const { status, body, problem } = await admin('POST', '/v1/activities', {
          type,
          state,
          outcome
        })
        t.equal(status, may.includes(outcome) ? 201 : 422, `${type} ${state} ${outcome}`)
        t.equal(
          status === 422 ? problem.errors?.[0]?.pointer : body.outcome,
          status === 422 ? '/outcome' : outcome
        )
      }
    }
  })

  await t.test('a fault names the outcomes of the type and the state only', async (t) => {
    const { admin } = await createDealer()
    const types: TypeWords[] = (await admin('GET', '/v1/activity-types')).body.data
    for (const { type, outcomes } of types.filter(({ type }) => /^(call|visit|note)$/.test(type))) {
      for (const outcome of ['sold_to_the_moon', 'reached_nobody_at_all']) {
        const sent = { type, state: 'done', outcome }
        const { problem } = await admin('POST', '/v1/activities', sent)
        const message =
          outcomes.done.length === 0
            ? 'is not an outcome of this type and state'
            : `must be one of ${outcomes.done.join(', ')}`
        t.equal(problem.errors?.length, 1)
        t.hasStrict(problem.errors?.[0], { pointer: '/outcome', message })
      }
    }
  })

  await t.test('an outcome that no longer fits goes with the state or type', async (t) => {
    const { admin } = await createDealer()
    const { headers } = await admin('POST', '/v1/activities', { type: 'appointment' })
    const url = String(headers.location)
    const change = async (words: object) => {
      const { body, status } = await admin('PATCH', url, words)
      return status === 200 ? [body.state, body.outcome, body.feedback] : body.errors[0].pointer
    }
    t.equal(await change({ outcome: 'sold' }), '/outcome', 'not while it is planned')
    t.strictSame(await change({ state: 'missed' }), ['missed', null, null], 'a no-show')
    t.equal(await change({ outcome: 'sold' }), '/outcome', 'nor where nobody came')
    t.strictSame(await change({ outcome: 'rescheduled' }), ['missed', 'rescheduled', null])
    const sold = { state: 'done', outcome: 'sold', feedback: 'Took the blue one' }
    t.strictSame(await change(sold), ['done', 'sold', sold.feedback])
    t.strictSame(await change({ type: 'test_drive' }), ['done', 'sold', sold.feedback])
    t.strictSame(await change({ type: 'call' }), ['done', null, sold.feedback])
    t.strictSame(await change({ outcome: 'reached' }), ['done', 'reached', sold.feedback])
    t.strictSame(await change({ state: 'planned' }), ['planned', null, sold.feedback])
    t.strictSame(await change({ outcome: null, feedback: null }), ['planned', null, null])
    t.equal(await change({ createdBy: null }), '/createdBy', 'is not for anybody to change')
    t.equal((await admin('PATCH', url, { outcome: 'danced' })).status, 422)
  })

  await t.test(
    'the user who arranged an appointment is recorded, sees it and can filter by it',
    async (t) => {
      const { admin, withUser } = await createDealer()
      const [caller, seller, other] = [await withUser(), await withUser(), await withUser()]
      const lead = await postLead(admin, { assignee: caller.id })
      const { body } = await caller.call('POST', '/v1/activities', {
        type: 'appointment',
        leadId: lead.id,
        userId: seller.id,
        remindAt: '2026-12-01T08:30:00+01:00'
      })
      t.hasStrict(body, {
        createdBy: caller.id,
        userId: seller.id,
        remindAt: '2026-12-01T07:30:00.000Z'
      })
      await admin('PATCH', `/v1/leads/${lead.id}`, {})
      await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: seller.id })
      t.equal((await caller.call('GET', `/v1/activities/${body.id}`)).status, 200, 'still')
      t.equal((await other.call('GET', `/v1/activities/${body.id}`)).status, 404)
      const found = async (user: string) =>
        (await admin('GET', `/v1/activities?createdBy=${user}`)).body.data.length
      t.equal(await found(caller.id), 1)
      t.equal(await found(seller.id), 0)
      const byKey = await admin('POST', '/v1/activities', { type: 'call' })
      t.equal(byKey.body.createdBy, null, 'a key is nobody')
    }
  )

  await t.test('the user of an activity must be active', async (t) => {
    const { admin, withUser } = await createDealer()
    const gone = await withUser({ routing: { active: false } })
    const { problem, headers } = await admin('POST', '/v1/activities', {
      type: 'call',
      userId: gone.id
    })
    t.equal(problem.errors?.[0]?.pointer, '/userId')
    t.equal(headers.location, undefined)
    const made = await admin('POST', '/v1/activities', { type: 'call' })
    const url = String(made.headers.location)
    const changed = await admin('PATCH', url, { userId: gone.id })
    t.equal(changed.body.errors[0].pointer, '/userId')
  })
})
