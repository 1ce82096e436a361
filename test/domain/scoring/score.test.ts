import fc from 'fast-check'
import t from 'tap'

import { STATUS_GROUPS } from '../../../src/domain/leads/status-groups.ts'
import type { Criteria } from '../../../src/domain/rules/criteria.ts'
import type { LeadFacts } from '../../../src/domain/rules/lead-fields.ts'
import { ENGAGEMENT_TYPES } from '../../../src/domain/scoring/engagement.ts'
import { scoreAtCapture, scoreLead, scoredDecision } from '../../../src/domain/scoring/score.ts'
import type { ScoreBasis } from '../../../src/domain/scoring/score.ts'
import type { ScoringRules } from '../../../src/domain/scoring/scoring-rules.ts'
import { contact, content, leadFacts, vehicle } from '../../support/builders.ts'

const DAY = 86_400_000
const NOW = new Date('2026-11-21T12:00:00Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY)

function facts(words: Partial<LeadFacts> = {}): LeadFacts {
  const asked = content({ contact: contact({ phone: '+48601234567' }), message: 'Is it there?' })
  return leadFacts({ content: asked, ...words })
}

function rules(words: Partial<ScoringRules> = {}): ScoringRules {
  return {
    attributes: [],
    engagement: {},
    movement: [],
    halfLifeDays: null,
    thresholds: null,
    ...words
  }
}

function basis(words: Partial<ScoreBasis> = {}): ScoreBasis {
  return { rules: rules(), facts: facts(), engagements: [], movements: [], at: NOW, ...words }
}

const visit = (days: number, weight = 1) =>
  ({ type: 'site_visit', weight, occurredAt: daysAgo(days) }) as const

void t.test('points for what a lead says', (t) => {
  const attributes = [
    {
      name: 'Prequalification',
      criteria: { field: 'type', equals: 'prequalification' },
      points: 40
    },
    { name: 'A vehicle', criteria: { field: 'vehicle.make', exists: true }, points: 10 },
    { name: 'Phone', criteria: { field: 'contact.phoneValid', equals: true }, points: 5 },
    { name: 'Message', criteria: { field: 'message', exists: true }, points: 3 },
    {
      name: 'Bought list',
      criteria: { field: 'source.kind', equals: 'purchased_list' },
      points: -20
    }
  ]
  const of = (words: Partial<LeadFacts>) =>
    scoreAtCapture({ rules: rules({ attributes }), facts: facts(words), at: NOW })

  t.strictSame(of({}), {
    score: 8,
    parts: [
      { kind: 'attribute', name: 'Phone', points: 5 },
      { kind: 'attribute', name: 'Message', points: 3 }
    ],
    temperature: null,
    coolAt: null
  })
  const full = content({ type: 'prequalification', vehicles: [vehicle({ make: 'Kia' })] })
  t.equal(of({ content: full }).score, 50)
  const bought = { content: content(), source: { key: 'l', kind: 'purchased_list' } } as const
  t.equal(of(bought).score, -20)
  t.end()
})

void t.test('a score never hangs on itself', (t) => {
  const attributes = [
    { name: 'Hot', criteria: { field: 'temperature', equals: 'hot' }, points: 5 },
    { name: 'High', criteria: { field: 'score', from: 0 }, points: 5 }
  ]
  const of = { rules: rules({ attributes }), facts: facts({ temperature: 'hot', score: 9 }) }
  t.equal(scoreLead(basis(of)).score, 0)
  t.end()
})

void t.test('eight visits in four days outrank one', (t) => {
  const visits = rules({ engagement: { site_visit: 10 }, halfLifeDays: 7 })
  const eight = Array.from({ length: 8 }, (_, index) => visit(index / 2))
  const many = scoreLead(basis({ rules: visits, engagements: eight }))
  const one = scoreLead(basis({ rules: visits, engagements: [visit(0)] }))
  t.equal(one.score, 10)
  t.equal(many.score, 68)
  t.strictSame(many.parts, [{ kind: 'engagement', name: 'site_visit', points: 67.71 }])
  t.end()
})

void t.test('an engagement counts half after a half-life, and in full before it happened', (t) => {
  const visits = rules({ engagement: { site_visit: 100, opted_out: -50 }, halfLifeDays: 7 })
  const of = (...engagements: ScoreBasis['engagements']) =>
    scoreLead(basis({ rules: visits, engagements })).score
  t.equal(of(visit(7)), 50)
  t.equal(of(visit(14, 2)), 50)
  t.equal(of(visit(-3)), 100)
  t.equal(of({ type: 'opted_out', weight: 1, occurredAt: daysAgo(7) }), -25)
  t.equal(of({ type: 'mail_opened', weight: 1, occurredAt: NOW }), 0, 'no points for this type')
  const lasting = { ...visits, halfLifeDays: null }
  t.equal(scoreLead(basis({ rules: lasting, engagements: [visit(9999)] })).score, 100)
  t.end()
})

void t.test('movement between status groups within so many days counts once', (t) => {
  const movement = [
    { name: 'Quick', from: 'new', to: 'qualified', withinDays: 2, points: 15 } as const
  ]
  const of = (...movements: ScoreBasis['movements']) =>
    scoreLead(basis({ rules: rules({ movement }), movements })).score
  const into = (group: ScoreBasis['movements'][number]['group'], days: number) => ({
    group,
    at: daysAgo(days)
  })
  t.equal(of(into('new', 5), into('qualified', 3)), 15, 'to the very end of the time')
  t.equal(of(into('new', 5), into('qualified', 2.9)), 0)
  t.equal(of(into('new', 5), into('working', 4), into('qualified', 3)), 15, 'by way of another')
  t.equal(of(into('qualified', 5), into('new', 4)), 0, 'not the other way')
  t.equal(of(into('new', 9), into('qualified', 5), into('new', 4), into('qualified', 3)), 15)
  const twice = [into('new', 4), into('qualified', 3), into('new', 2), into('qualified', 1)]
  t.equal(of(...twice), 15)
  t.end()
})

void t.test('a decision says what a score came from', (t) => {
  const score = { score: 7, parts: [], temperature: 'warm', coolAt: null } as const
  t.strictSame(scoredDecision({ ...score, parts: [] }, 'rules'), {
    step: 'scored',
    outcome: 'scored',
    code: 'no_points',
    facts: { score: 7, parts: [], ruleSetId: 'rules', temperature: 'warm' }
  })
  t.end()
})

const criteria = fc.constantFrom<Criteria>(
  { all: [] },
  { any: [] },
  { field: 'type', equals: 'prequalification' },
  { field: 'contact.phoneValid', equals: true },
  { not: { field: 'message', exists: true } }
)
const points = fc.integer({ min: -100, max: 100 })
const group = fc.constantFrom(...STATUS_GROUPS.slice(0, 4))
const name = fc.constant('Rule')
const thresholds = fc
  .tuple(fc.integer({ min: -50, max: 100 }), fc.integer({ min: 1, max: 80 }))
  .map(([warm, step]) => ({ warm, hot: warm + step }))
const anyRules: fc.Arbitrary<ScoringRules> = fc.record({
  attributes: fc.array(fc.record({ name, criteria, points }), { maxLength: 4 }),
  engagement: fc.dictionary(fc.constantFrom(...ENGAGEMENT_TYPES), points),
  movement: fc.array(
    fc.record({ name, from: group, to: group, withinDays: fc.integer({ min: 1, max: 9 }), points }),
    { maxLength: 4 }
  ),
  halfLifeDays: fc.option(fc.integer({ min: 1, max: 240 }).map((quarters) => quarters / 4)),
  thresholds: fc.option(thresholds)
})
const past = fc.integer({ min: 0, max: 60 * DAY }).map((ago) => new Date(NOW.getTime() - ago))
const anyBasis: fc.Arbitrary<ScoreBasis> = fc.record({
  rules: anyRules,
  facts: fc
    .tuple(fc.constantFrom('inquiry', 'prequalification'), fc.boolean())
    .map(([type, hasPhone]) => {
      const of = hasPhone ? contact({ phone: '+48601234567' }) : contact()
      return facts({ content: content({ type, contact: of }) })
    }),
  engagements: fc.array(
    fc.record({
      type: fc.constantFrom(...ENGAGEMENT_TYPES),
      weight: fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100),
      occurredAt: past
    }),
    { maxLength: 20 }
  ),
  movements: fc.array(fc.record({ group, at: past }), { maxLength: 6 }),
  at: fc.constant(NOW)
})

/** The rules as a dealer would count by hand: one thing after the other, and halves by division. */
function countByHand({ rules, facts, engagements, movements, at }: ScoreBasis): number {
  let total = 0
  for (const { criteria, points } of rules.attributes) {
    const { content } = facts
    if (criteria.all) total += points
    else if (criteria.not) total += content.message === null ? points : 0
    else if (criteria.field === 'type') total += content.type === criteria.equals ? points : 0
    else if (criteria.field === 'contact.phoneValid')
      total += content.contact.phones.length > 0 ? points : 0
  }
  for (const { type, weight, occurredAt } of engagements) {
    let left = weight * (rules.engagement[type] ?? 0)
    if (rules.halfLifeDays !== null) {
      let days = (at.getTime() - occurredAt.getTime()) / DAY
      for (; days >= rules.halfLifeDays; days -= rules.halfLifeDays) left /= 2
      left *= Math.exp((-Math.LN2 * days) / rules.halfLifeDays)
    }
    total += left
  }
  for (const { from, to, withinDays, points } of rules.movement) {
    const made = movements.some((start, i) =>
      movements.some((end, j) => {
        const gap = end.at.getTime() - start.at.getTime()
        const isLater = gap > 0 || (gap === 0 && j > i)
        return start.group === from && end.group === to && isLater && gap <= withinDays * DAY
      })
    )
    if (made) total += points
  }
  return total
}

void t.test('scores agree with counting by hand', (t) => {
  fc.assert(
    fc.property(anyBasis, (of) => {
      const exact = countByHand(of)
      const { score, temperature } = scoreLead(of)
      if (!Number.isInteger(score) || Object.is(score, -0)) return false
      // Either neighbour, where the sum is a half but for the last bits of a float.
      if (Math.abs(score - exact) > 0.5 + 1e-6) return false
      const { thresholds } = of.rules
      if (!thresholds) return temperature === null
      const { hot, warm } = thresholds
      return temperature === (score < warm ? 'cold' : score < hot ? 'warm' : 'hot')
    }),
    { numRuns: 2000 }
  )
  t.end()
})

void t.test('a fading score moves only towards zero, whatever its sign', (t) => {
  const later = fc.integer({ min: 0, max: 90 * DAY }).map((ms) => new Date(NOW.getTime() + ms))
  const sign = fc.constantFrom(1, -1)
  fc.assert(
    fc.property(anyBasis, sign, later, later, (of, sign, one, other) => {
      const engagement = Object.fromEntries(ENGAGEMENT_TYPES.map((type) => [type, 10 * sign]))
      const fading = { ...of, rules: { ...of.rules, engagement } }
      const [first, second] = one <= other ? [one, other] : [other, one]
      const scores = [first, second].map((at) => scoreLead({ ...fading, at }).score)
      return sign * Number(scores[0]) >= sign * Number(scores[1])
    }),
    { numRuns: 1000 }
  )
  t.end()
})

/** Few engagements and thresholds close by, so that temperatures do change. */
const tameBasis = fc
  .tuple(anyBasis, fc.integer({ min: 1, max: 60 }), fc.integer({ min: -30, max: 30 }))
  .map(([of, step, warm]) => ({
    ...of,
    engagements: of.engagements.slice(0, 3).map((one) => ({ ...one, weight: one.weight / 50 })),
    rules: { ...of.rules, attributes: [], movement: [], thresholds: { warm, hot: warm + step } }
  }))

// Guards the logarithm: a moment too late would leave a lead hot that no longer is.
void t.test('a temperature changes by fading when it was foretold, and not before', (t) => {
  let crossings = 0
  fc.assert(
    fc.property(tameBasis, fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
      const { temperature, score, coolAt } = scoreLead(of)
      const { halfLifeDays } = of.rules
      const at = (moment: number) => scoreLead({ ...of, at: new Date(moment) })
      const start = NOW.getTime()
      if (coolAt === null) {
        const always = [1, 10, 1000].map((days) => at(start + days * DAY))
        return always.every((late) => late.score === score && late.temperature === temperature)
      }
      const end = coolAt.getTime()
      if (halfLifeDays === null || end <= start || end > start + halfLifeDays * DAY + 1)
        return false
      if (at(start + Math.floor(Math.max(0, end - start - 3) * share)).temperature !== temperature)
        return false
      if (end < start + Math.floor(halfLifeDays * DAY)) {
        crossings += 1
        return at(end).temperature !== temperature
      }
      return true
    }),
    { numRuns: 3000 }
  )
  t.ok(crossings > 100, `${crossings} crossings were among them`)
  t.end()
})
