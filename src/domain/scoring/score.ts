import { decided } from '../leads/decision.ts'
import type { PlannedDecision } from '../leads/decision.ts'
import type { StatusGroup } from '../leads/status-groups.ts'
import type { Temperature } from '../leads/temperature.ts'
import { because } from '../reasons/reasons.ts'
import { fits } from '../rules/criteria.ts'
import type { LeadFacts } from '../rules/lead-fields.ts'
import { nextLookAt } from './cooling.ts'
import { ENGAGEMENT_TYPES } from './engagement.ts'
import type { Engagement } from './engagement.ts'
import type { MovementPoints, ScoringRules } from './scoring-rules.ts'

/** When a lead came into a status group. */
interface Movement {
  group: StatusGroup
  at: Date
}

/** The facts for a score. */
export interface ScorePart {
  kind: 'attribute' | 'engagement' | 'movement'
  /** The rule's name, or the type of engagement. */
  name: string
  /** To a hundredth, for people: the score itself is rounded once, in the end. */
  points: number
}

export interface LeadScore {
  score: number
  parts: ScorePart[]
  /** By the thresholds; null: there are none. */
  temperature: Temperature | null
  /** When time alone will have changed it enough to be looked at again; null: it never will. */
  coolAt: Date | null
}

export interface ScoreBasis {
  rules: ScoringRules
  facts: LeadFacts
  engagements: readonly Pick<Engagement, 'type' | 'weight' | 'occurredAt'>[]
  movements: readonly Movement[]
  at: Date
}

const DAY_MS = 86_400_000

/**
 * What a lead is worth at a moment: points for what it says, for how it moved, and for what its
 * person did, the last of which fade.
 */
export function scoreLead({ rules, facts, engagements, movements, at }: ScoreBasis): LeadScore {
  // A score that hung on itself would change each time it is computed.
  const known = { ...facts, score: null, temperature: null }
  const lasting: ScorePart[] = [
    ...rules.attributes
      .filter(({ criteria }) => fits(criteria, known))
      .map(({ name, points }) => ({ kind: 'attribute' as const, name, points })),
    ...rules.movement
      .filter((rule) => hasMoved(rule, movements))
      .map(({ name, points }) => ({ kind: 'movement' as const, name, points }))
  ]
  const fading = engagementParts(rules, engagements, at)
  const base = sumOf(lasting)
  const faded = sumOf(fading)
  const score = roundScore(base + faded)
  return {
    score,
    parts: [...lasting, ...fading.map(inHundredths).filter(({ points }) => points !== 0)],
    temperature: temperatureOf(score, rules.thresholds),
    coolAt: nextLookAt({ base, fading: faded, score, rules, at })
  }
}

/** The score of a lead that has just come: its person did nothing more, and it has not moved. */
export function scoreAtCapture(basis: Pick<ScoreBasis, 'rules' | 'facts' | 'at'>): LeadScore {
  return scoreLead({ ...basis, engagements: [], movements: [] })
}

/** Why a lead has the score it has, as its history keeps it. */
export function scoredDecision(
  { score, parts, temperature }: LeadScore,
  ruleSetId: string
): PlannedDecision {
  const reason = because(parts.length === 0 ? 'no_points' : 'points_given')
  return decided('scored', 'scored', reason, { score, parts, ruleSetId, temperature })
}

/** How warm a score is. */
function temperatureOf(score: number, thresholds: ScoringRules['thresholds']): Temperature | null {
  if (!thresholds) return null
  if (score >= thresholds.hot) return 'hot'
  return score >= thresholds.warm ? 'warm' : 'cold'
}

/** A movement counts once, however often the lead made it. */
function hasMoved(
  { from, to, withinDays }: MovementPoints,
  movements: readonly Movement[]
): boolean {
  const inOrder = movements.toSorted((a, b) => a.at.getTime() - b.at.getTime())
  let since: Date | null = null
  for (const { group, at } of inOrder) {
    // Between the two it may have been elsewhere; of several entries the latest is the nearest.
    if (group === to && since && at.getTime() - since.getTime() <= withinDays * DAY_MS) return true
    if (group === from) since = at
  }
  return false
}

function engagementParts(
  { engagement, halfLifeDays }: ScoringRules,
  engagements: ScoreBasis['engagements'],
  at: Date
): ScorePart[] {
  return ENGAGEMENT_TYPES.flatMap((type) => {
    const points = engagement[type] ?? 0
    const weights = engagements
      .filter((one) => one.type === type)
      .map(({ weight, occurredAt }) => weight * shareLeft(occurredAt, at, halfLifeDays))
    const sum = weights.reduce((total, weight) => total + weight, 0)
    return sum * points === 0
      ? []
      : [{ kind: 'engagement' as const, name: type, points: sum * points }]
  })
}

/**
 * The remaining share of an engagement, in 0..1. One in the future counts as of now: clocks
 * disagree.
 */
function shareLeft(occurredAt: Date, at: Date, halfLifeDays: number | null): number {
  if (halfLifeDays === null) return 1
  const days = Math.max(0, at.getTime() - occurredAt.getTime()) / DAY_MS
  return 2 ** (-days / halfLifeDays)
}

function sumOf(parts: readonly ScorePart[]): number {
  return parts.reduce((sum, { points }) => sum + points, 0)
}

/** Halves go up. Without `+ 0` a small negative would become -0, which is no integer in JSON. */
function roundScore(points: number): number {
  return Math.round(points) + 0
}

function inHundredths(part: ScorePart): ScorePart {
  return { ...part, points: Math.round(part.points * 100) / 100 }
}
