import { sql } from 'drizzle-orm'
import t from 'tap'

import { Simulation } from '../../../../src/domain/capture/simulation.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { postLead } from '../../../support/leads.ts'
import { rowsOf } from '../../../support/sql.ts'
import { must } from '../../../support/must.ts'

interface AssignedLead {
  assigneeId: string | null
  queueId: string | null
}

void t.test('a simulation shows the assignments that rules would have made', async (t) => {
  const start = new Date('2026-10-01T06:00:00.000Z')
  const clock = { now: start }
  const { createDealer, database } = await createTestApp(t, { now: () => clock.now })
  const simulate = (call: Caller, body: object) =>
    call('POST', '/v1/assignment-rules/simulate', body)
  const period = { from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' }

  /** A dealer's people and rules: the same at each dealer, but for their ids. */
  const staff = async ({ admin, withUser }: TestDealer) => {
    const users = [
      await withUser({ team: 'online_sales', routing: { capacityPerDay: 2, languages: ['pl'] } }),
      await withUser({
        team: 'online_sales',
        routing: {
          absences: [{ from: '2026-10-05T00:00:00.000Z', until: '2026-10-12T00:00:00.000Z' }]
        }
      }),
      await withUser({ team: 'online_sales' }),
      await withUser({ team: 'store_sales', routing: { capacityPerDay: 1 } }),
      await withUser({ team: 'store_sales' })
    ]
    const queue = (await admin('POST', '/v1/queues', { name: 'Vans' })).body
    const ids = users.map(({ id }) => id)
    const team = (words: object) => ({ type: 'team', ...words })
    const entries = [
      {
        name: 'Vans',
        criteria: { field: 'vehicle.make', equals: 'Van' },
        target: { type: 'queue', queueId: queue.id }
      },
      {
        name: 'Warm ones',
        criteria: { field: 'score', from: 30 },
        target: team({ team: 'store_sales', by: 'least_busy' })
      },
      {
        name: 'Portal',
        criteria: { field: 'source.key', equals: 'portal' },
        target: team({
          team: 'online_sales',
          by: 'weighted',
          weights: [{ userId: ids[2], weight: 3 }]
        })
      },
      {
        name: 'One',
        criteria: { field: 'isDuplicate', equals: true },
        target: { type: 'user', userId: ids[3] }
      },
      { name: 'All', target: team({ team: 'online_sales' }) }
    ]
    const scoring = {
      attributes: [{ name: 'Message', criteria: { field: 'message', exists: true }, points: 30 }]
    }
    const drafted = await admin('POST', '/v1/scoring-rules', { rules: scoring })
    await admin('POST', `/v1/scoring-rules/${drafted.body.id}/publish`)
    const draft = await admin('POST', '/v1/assignment-rules', { rules: { entries } })
    t.equal(draft.status, 201, draft.text)
    return { ids, queueId: queue.id, draftId: draft.body.id }
  }

  /** A month of leads, some by the same people, told by a fixed seed. */
  const month = () => {
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return Math.floor((seed / 2_147_483_648) * below)
    }
    return Array.from({ length: 90 }, (_, index) => ({
      at: new Date(start.getTime() + index * 8 * 3_600_000 + random(3_600_000)),
      body: {
        source: must(['website', 'portal', 'phone'][random(3)]),
        contact: { fullName: 'Ann Person', email: `p${random(45)}@example.com` },
        ...(random(5) === 0 ? { message: 'Soon, please' } : {}),
        ...(random(8) === 0
          ? { vehicles: [{ interest: 'buy', condition: 'used', make: 'Van' }] }
          : {})
      },
      named: random(12) === 0 ? random(5) : null
    }))
  }

  const post = async (
    { admin }: TestDealer,
    ids: readonly string[],
    leads: ReturnType<typeof month>
  ) => {
    const captured = []
    for (const { at, body, named } of leads) {
      clock.now = at
      captured.push(
        await postLead(admin, { ...body, ...(named === null ? {} : { assignee: ids[named] }) })
      )
    }
    return captured
  }

  /** Users and queues by their place, so that two dealers' can be compared. */
  const placeOf = (
    { assigneeId, queueId }: AssignedLead,
    { ids, queueId: vans }: { ids: string[]; queueId: string }
  ) => {
    if (assigneeId !== null) return `user ${ids.indexOf(assigneeId)}`
    return queueId === vans ? 'vans' : 'default'
  }

  await t.test('gives way to others between two leads', async (t) => {
    const dealer = await createDealer()
    clock.now = start
    const { draftId, ids } = await staff(dealer)
    await post(dealer, ids, month().slice(0, 30))
    // Each lead takes longer than others should wait, by this clock.
    let time = 0
    t.intercept(performance, 'now', { value: () => (time += 60_000), configurable: true })
    let placed = 0
    const own = Object.getOwnPropertyDescriptor(Simulation.prototype, 'place')
    const place = own?.value as (this: Simulation, ...words: unknown[]) => unknown
    t.intercept(Simulation.prototype, 'place', {
      value(this: Simulation, ...words: unknown[]) {
        placed += 1
        return place.apply(this, words)
      }
    })
    let before = 0
    let most = 0
    let isOver = false
    const look = () => {
      most = Math.max(most, placed)
      placed = 0
      before += 1
      if (!isOver) setImmediate(look)
    }
    setImmediate(look)
    const { status, body } = await simulate(dealer.admin, { ruleSetId: draftId, period })
    isOver = true
    t.equal(status, 200)
    t.equal(body.data.length, 30)
    t.equal(most, 1, `${before} turns`)
  })

  await t.test('is what publishing them before did', async (t) => {
    const [published, tried] = [await createDealer(), await createDealer()]
    const leads = month()
    clock.now = start
    const there = await staff(published)
    await published.admin('POST', `/v1/assignment-rules/${there.draftId}/publish`)
    const went = (await post(published, there.ids, leads)).map((lead) =>
      placeOf({ assigneeId: lead.assignee?.id ?? null, queueId: lead.queue?.id ?? null }, there)
    )
    clock.now = start
    const here = await staff(tried)
    await post(tried, here.ids, leads)
    const { status, body, text } = await simulate(tried.admin, { ruleSetId: here.draftId, period })
    t.equal(status, 200, text)
    t.strictSame(
      body.data.map((lead: AssignedLead) => placeOf(lead, here)),
      went
    )
    t.ok(new Set(went).size >= 6, [...new Set(went)].join(' '))
    t.equal(body.summary.leads, 90)
    const total = (counts: { count: number }[]) => counts.reduce((sum, { count }) => sum + count, 0)
    t.equal(total(body.summary.users) + total(body.summary.queues), 90)
    t.ok(body.summary.entries.length >= 4)
    t.ok(body.summary.same < 60, 'without rules they went elsewhere')
    const again = await simulate(published.admin, { period })
    t.hasStrict(again.body, { ruleSetId: there.draftId, summary: { leads: 90, same: 90 } })
    const absent = body.data.filter(
      (lead) =>
        lead.assigneeId === here.ids[1] &&
        lead.receivedAt >= '2026-10-05' &&
        lead.receivedAt < '2026-10-12'
    )
    t.strictSame(absent, [])
  })

  await t.test('of one lead, as if it came now, and nothing is written', async (t) => {
    const dealer = await createDealer()
    const { ids, queueId, draftId } = await staff(dealer)
    const { admin } = dealer
    const count = async () =>
      await database.db.transaction(dealer.id, (tx) =>
        rowsOf(
          tx,
          sql`select (select count(*)::int from leads where dealer_id = ${dealer.id}) as leads,
             (select count(*)::int from events where dealer_id = ${dealer.id}) as events,
             (select count(*)::int from assignment_turns where dealer_id = ${dealer.id}) as turns`
        )
      )
    const before = await count()
    const lead = { source: 'website', contact: { fullName: 'Ann', email: 'ann@example.com' } }
    const first = await simulate(admin, { ruleSetId: draftId, lead })
    t.equal(first.status, 200, first.text)
    t.hasStrict(first.body.data, [
      { leadId: null, assigneeId: ids[0], queueId: null, code: 'rule_fits', actual: null }
    ])
    t.strictSame((await simulate(admin, { ruleSetId: draftId, lead })).body, first.body, 'no turn')
    const rules = { entries: [{ name: 'Vans', target: { type: 'queue', queueId } }] }
    const sent = await simulate(admin, { rules, lead })
    t.hasStrict(sent.body, { ruleSetId: null, data: [{ assigneeId: null, queueId }] })
    t.strictSame(await count(), before)
    await admin('POST', `/v1/assignment-rules/${draftId}/publish`)
    await postLead(admin)
    const next = await simulate(admin, { lead })
    t.equal(next.body.data[0]?.assigneeId, ids[1], 'whose turn it is by now')
  })

  await t.test('403 for members, 422 for what is not there or both', async (t) => {
    const { admin, withUser, withKey } = await createDealer()
    const foreign = await createDealer()
    const theirs = await staff(foreign)
    const lead = { source: 'website', contact: { email: 'ann@example.com' } }
    t.equal((await simulate((await withUser()).call, { lead })).status, 403)
    t.equal((await simulate(await withKey(['write']), { lead })).status, 403)
    const refused = async (body: object, pointer: string) => {
      const answer = await simulate(admin, body)
      t.equal(answer.status, 422, JSON.stringify(body))
      t.equal(answer.problem.errors?.[0]?.pointer, pointer)
    }
    await refused({}, '')
    await refused({ lead, period }, '/period')
    await refused({ lead, ruleSetId: theirs.draftId }, '/ruleSetId')
    await refused({ lead, ruleSetId: theirs.draftId, rules: { entries: [] } }, '/rules')
    await refused({ period: { from: period.to, to: period.from } }, '/period/to')
    await refused({ lead: { ...lead, source: 'nowhere' } }, '/lead/source')
    await refused({ lead: { contact: lead.contact } }, '/lead/source')
    const entries = [{ name: 'X', target: { type: 'user', userId: theirs.ids[0] } }]
    await refused({ lead, rules: { entries } }, '/rules/entries/0/target/userId')
    const none = await simulate(admin, { lead })
    t.hasStrict(none.body, { ruleSetId: null, summary: { leads: 1, entries: [] } })
  })
})
