import fc from 'fast-check'
import t from 'tap'

import { ELIGIBLE_WHEN, firstSteps, nextStep } from '../../../src/domain/sales/reward.ts'
import type {
  EligibleWhen,
  Reward,
  RewardHappening,
  RewardState,
  RewardStep
} from '../../../src/domain/sales/reward.ts'

type Standing = Pick<Reward, 'state' | 'points' | 'eligibleWhen' | 'paymentReference'>

/**
 * What a reward's lines in the ledger must come to: what is owed and not paid. Less than nothing where
 * it was paid for a sale that was cancelled.
 */
function standingPoints({ state, points, paymentReference }: Standing): number {
  if (state === 'eligible' || state === 'approved') return points
  return state === 'cancelled' && paymentReference !== null ? -points : 0
}

const HAPPENINGS: RewardHappening[] = [
  'sale-open',
  'sale-fulfilled',
  'sale-cancelled',
  'sale-undone',
  'approved',
  'paid'
]

/** A reward of 500 points: `paid before` is one that was paid and then cancelled. */
const CASES: [
  eligibleWhen: EligibleWhen | 'either',
  state: RewardState | 'paid before',
  happening: RewardHappening,
  becomes: [RewardState, string, number] | null
][] = [
  ['fulfilled', 'pending', 'sale-fulfilled', ['eligible', 'eligible', 500]],
  ['fulfilled', 'pending', 'sale-open', null],
  ['fulfilled', 'eligible', 'sale-open', ['pending', 'cancelled', -500]],
  ['recorded', 'eligible', 'sale-open', null],
  ['either', 'eligible', 'sale-fulfilled', null],
  ['either', 'pending', 'approved', null],
  ['either', 'eligible', 'approved', ['approved', 'approved', 0]],
  ['either', 'approved', 'approved', null],
  ['either', 'paid', 'approved', null],
  ['either', 'cancelled', 'approved', null],
  ['either', 'pending', 'paid', null],
  ['either', 'eligible', 'paid', null],
  ['either', 'approved', 'paid', ['paid', 'paid', -500]],
  ['either', 'paid', 'paid', null],
  ['either', 'cancelled', 'paid', null],
  ['either', 'approved', 'sale-open', null],
  ['either', 'approved', 'sale-fulfilled', null],
  ['either', 'paid', 'sale-open', null],
  ['either', 'paid', 'sale-fulfilled', null],
  ['either', 'pending', 'sale-cancelled', ['cancelled', 'cancelled', 0]],
  ['either', 'eligible', 'sale-cancelled', ['cancelled', 'cancelled', -500]],
  ['either', 'approved', 'sale-cancelled', ['cancelled', 'cancelled', -500]],
  ['either', 'paid', 'sale-cancelled', ['cancelled', 'cancelled', -500]],
  ['either', 'cancelled', 'sale-cancelled', null],
  ['either', 'eligible', 'sale-undone', ['cancelled', 'cancelled', -500]],
  ['either', 'cancelled', 'sale-undone', null],
  ['fulfilled', 'cancelled', 'sale-open', ['pending', 'recorded', 0]],
  ['fulfilled', 'cancelled', 'sale-fulfilled', ['eligible', 'eligible', 500]],
  ['recorded', 'cancelled', 'sale-open', ['eligible', 'eligible', 500]],
  ['recorded', 'cancelled', 'sale-fulfilled', ['eligible', 'eligible', 500]],
  ['either', 'paid before', 'sale-open', ['paid', 'eligible', 500]],
  ['either', 'paid before', 'sale-fulfilled', ['paid', 'eligible', 500]]
]

void t.test('a reward follows its sale', (t) => {
  for (const [rule, state, happening, becomes] of CASES) {
    for (const eligibleWhen of rule === 'either' ? ELIGIBLE_WHEN : [rule]) {
      const wasPaid = state === 'paid' || state === 'paid before'
      const step = nextStep(
        {
          eligibleWhen,
          points: 500,
          state: state === 'paid before' ? 'cancelled' : state,
          paymentReference: wasPaid ? 'T 1' : null
        },
        happening
      )
      t.strictSame(
        step && [step.state, step.entry.kind, step.entry.points],
        becomes,
        `${eligibleWhen}: ${state}, ${happening}`
      )
    }
  }
  const linesOf = (eligibleWhen: EligibleWhen) =>
    firstSteps({ points: 500, eligibleWhen }).map(({ state, entry }) => [state, entry.points])
  t.strictSame(linesOf('fulfilled'), [['pending', 0]])
  t.strictSame(linesOf('recorded'), [
    ['pending', 0],
    ['eligible', 500]
  ])
  t.end()
})

void t.test('the ledger always comes to what the state says', (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.constantFrom(...ELIGIBLE_WHEN),
      fc.array(fc.constantFrom(...HAPPENINGS), { maxLength: 40 }),
      (points, eligibleWhen, happenings) => {
        const reward: Standing = { state: 'pending', points, eligibleWhen, paymentReference: null }
        let sum = 0
        let payments = 0
        const take = ({ state, entry }: RewardStep) => {
          reward.state = state
          sum += entry.points
          if (entry.kind === 'paid') {
            payments += 1
            reward.paymentReference = `T ${payments}`
          }
        }
        for (const step of firstSteps(reward)) take(step)
        for (const happening of happenings) {
          const step = nextStep(reward, happening)
          if (step) take(step)
          if (sum !== standingPoints(reward)) return false
        }
        // Nobody is paid twice for one sale, and never owes more than that.
        return payments <= 1 && sum >= -points && sum <= points
      }
    ),
    { numRuns: 2_000 }
  )
  t.end()
})
