import fc from 'fast-check'
import t from 'tap'

import type {
  AssignmentEntry,
  AssignmentTarget,
  TurnMethod
} from '../../../src/domain/routing/assignment-rules.ts'
import { routeLead } from '../../../src/domain/routing/route.ts'
import type { Route, RoutingFacts, TeamUser } from '../../../src/domain/routing/route.ts'
import { FIRST_TURN } from '../../../src/domain/routing/turns.ts'
import type { TurnState } from '../../../src/domain/routing/turns.ts'
import { ALWAYS } from '../../../src/domain/rules/criteria.ts'
import { leadFacts } from '../../support/builders.ts'
import { must } from '../../support/must.ts'

/** What the store keeps between two leads, in a test's memory. */
interface Memory {
  turns: Map<string, TurnState>
  /** Leads of the day, and open ones, by user. */
  today: Record<string, number>
}

function user(id: string, words: Partial<TeamUser> = {}): TeamUser {
  return {
    id,
    name: id,
    email: `${id}@dealer.test`,
    team: 'online_sales',
    active: true,
    absences: [],
    workingHours: null,
    capacityPerDay: null,
    languages: [],
    ...words
  }
}

function team(by: TurnMethod, words: Partial<AssignmentTarget & { type: 'team' }> = {}) {
  return {
    type: 'team' as const,
    team: 'online_sales' as const,
    by,
    weights: [],
    onShiftOnly: false,
    matchLanguage: false,
    ...words
  }
}

function entry(id: string, target: AssignmentTarget, words: Partial<AssignmentEntry> = {}) {
  return {
    id,
    name: id,
    on: 'captured' as const,
    criteria: ALWAYS,
    target,
    asOffer: false,
    ...words
  }
}

const AT = new Date('2026-11-22T10:00:00Z')

function facts(entries: AssignmentEntry[], users: TeamUser[]): RoutingFacts {
  return {
    rules: { id: 'rules', number: 1, entries },
    users,
    queues: [{ id: 'default', name: 'Default', isDefault: true, workingHours: null }],
    timeZone: 'Europe/Warsaw',
    workingHours: null,
    on: 'captured',
    at: AT,
    holderId: null,
    lead: leadFacts()
  }
}

/** Routes one lead after another as the store would: turns are read when asked for, and kept. */
function deal(known: RoutingFacts, memory: Memory): Route {
  const asked = new Map<string, TurnState>()
  for (;;) {
    const verdict = routeLead(known, asked)
    if (!('ask' in verdict)) {
      const { turn, user: chosen } = verdict.route
      if (turn) memory.turns.set(turn.entryId, { ...FIRST_TURN, ...turn })
      if (chosen) memory.today[chosen.id] = (memory.today[chosen.id] ?? 0) + 1
      return verdict.route
    }
    const { entryId, limitedIds, userIds, countsOpen } = verdict.ask
    const only = (ids: string[]) => Object.fromEntries(ids.map((id) => [id, memory.today[id] ?? 0]))
    asked.set(entryId, {
      ...(memory.turns.get(entryId) ?? FIRST_TURN),
      today: only(limitedIds),
      open: countsOpen ? only(userIds) : {}
    })
  }
}

const emptyMemory = (): Memory => ({ turns: new Map(), today: {} })

/** Who may get a lead, step by step: present or not, and how much their day holds. */
const someUsers = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1, maxLength: 6 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc.record({
          id: fc.constant(id),
          active: fc.boolean(),
          capacityPerDay: fc.option(fc.integer({ min: 0, max: 12 })),
          /** At which steps they are away. */
          away: fc.uniqueArray(fc.integer({ min: 0, max: 39 }), { maxLength: 30 }),
          weight: fc.integer({ min: 0, max: 5 })
        })
      )
    )
  )

interface Drawn {
  id: string
  active: boolean
  capacityPerDay: number | null
  away: number[]
  weight: number
}

function presentAt(drawn: readonly Drawn[], step: number): TeamUser[] {
  return drawn.map(({ id, active, capacityPerDay, away }) =>
    user(id, {
      active,
      capacityPerDay,
      absences: away.includes(step) ? [{ from: '2026-11-01T00:00:00Z', until: null }] : []
    })
  )
}

const STEPS = 40

void t.test('routing', async (t) => {
  await t.test('turns agree with going round a table, seat by seat', async (t) => {
    fc.assert(
      fc.property(someUsers, (drawn) => {
        const memory = emptyMemory()
        const seats = drawn.map(({ id }) => id).toSorted()
        const given: Record<string, number> = {}
        let seat = -1
        for (let step = 0; step < STEPS; step += 1) {
          const users = presentAt(drawn, step)
          const { user: got } = deal(facts([entry('e', team('round_robin'))], users), memory)
          // The model: walk on from whoever got the last one until somebody can take it.
          let expected: string | null = null
          for (let on = 1; on <= seats.length && expected === null; on += 1) {
            const at = (((seat + on) % seats.length) + seats.length) % seats.length
            const one = must(drawn.find(({ id }) => id === seats[at]))
            const isFull = one.capacityPerDay !== null && (given[one.id] ?? 0) >= one.capacityPerDay
            if (one.active && !one.away.includes(step) && !isFull) {
              expected = one.id
              seat = at
            }
          }
          if (expected !== null) given[expected] = (given[expected] ?? 0) + 1
          if ((got?.id ?? null) !== expected) return false
        }
        return true
      }),
      { numRuns: 500 }
    )
    t.pass('500 tables')
  })

  await t.test('no method assigns a lead to an inactive, absent or full user', async (t) => {
    const methods = fc.constantFrom<TurnMethod>('round_robin', 'weighted', 'least_busy')
    fc.assert(
      fc.property(someUsers, methods, (drawn, by) => {
        const memory = emptyMemory()
        const weights = drawn.map(({ id, weight }) => ({ userId: id, weight }))
        for (let step = 0; step < STEPS; step += 1) {
          const users = presentAt(drawn, step)
          const before = { ...memory.today }
          const route = deal(facts([entry('e', team(by, { weights }))], users), memory)
          const could = drawn.filter(
            ({ id, active, capacityPerDay, away, weight }) =>
              active &&
              !away.includes(step) &&
              (capacityPerDay === null || (before[id] ?? 0) < capacityPerDay) &&
              (by !== 'weighted' || weight > 0)
          )
          // And somebody does, as long as anybody can.
          if ((route.user === null) !== (could.length === 0)) return false
          if (route.user && !could.some(({ id }) => id === route.user?.id)) return false
        }
        return true
      }),
      { numRuns: 500 }
    )
    t.pass('500 teams')
  })

  await t.test('weighted turns give each exactly its share of every round', async (t) => {
    const weightsOf = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(weightsOf, fc.integer({ min: 1, max: 4 }), (weights, rounds) => {
        const users = weights.map((_, index) => user(`u${index}`))
        const total = weights.reduce((sum, weight) => sum + weight, 0)
        const target = team('weighted', {
          weights: weights.map((weight, index) => ({ userId: `u${index}`, weight }))
        })
        const memory = emptyMemory()
        for (let step = 0; step < total * rounds; step += 1) {
          deal(facts([entry('e', target)], users), memory)
        }
        return weights.every(
          (weight, index) => (memory.today[`u${index}`] ?? 0) === weight * rounds
        )
      }),
      { numRuns: 300 }
    )
    t.pass('300 shares')
  })

  await t.test('the least busy is never busier than another', async (t) => {
    const loads = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(loads, (open) => {
        const memory = emptyMemory()
        open.forEach((load, index) => (memory.today[`u${index}`] = load))
        const users = open.map((_, index) => user(`u${index}`))
        for (let step = 0; step < 20; step += 1) {
          const before = { ...memory.today }
          const { user: got } = deal(facts([entry('e', team('least_busy'))], users), memory)
          if (!got || before[got.id] !== Math.min(...Object.values(before))) return false
        }
        return true
      }),
      { numRuns: 300 }
    )
    t.pass('300 desks')
  })

  await t.test('entries are asked in order, and whose target can take nothing is passed', (t) => {
    const never = { field: 'isTest', equals: true }
    const gone = user('gone', { active: false })
    const entries = [
      entry('other occasion', { type: 'queue', queueId: 'default' }, { on: 'overdue' }),
      entry('does not fit', { type: 'queue', queueId: 'default' }, { criteria: never }),
      entry('nobody there', { type: 'user', userId: 'gone' }),
      entry('a queue that is gone', { type: 'queue', queueId: 'lost' }),
      entry('this one', team('round_robin')),
      entry('too late', { type: 'queue', queueId: 'default' })
    ]
    const former = user('former', { active: false })
    const route = deal(facts(entries, [gone, former, user('ann')]), emptyMemory())
    t.equal(route.entry?.id, 'this one')
    t.equal(route.user?.id, 'ann')
    t.strictSame(route.passedOver, [{ userId: 'gone', code: 'user_inactive' }])
    t.end()
  })

  await t.test('the present assignee is passed over', (t) => {
    const known = facts([entry('e', team('round_robin'))], [user('ann'), user('ben')])
    for (const holderId of ['ann', 'ben']) {
      const { user: got } = deal({ ...known, holderId }, emptyMemory())
      t.not(got?.id, holderId)
    }
    t.end()
  })
})
