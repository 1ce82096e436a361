import type { Transaction } from '../../../database/client.ts'
import { SYSTEM_ACTOR } from '../../../domain/events/event.ts'
import type { RuleSet } from '../../../domain/rules/rule-set.ts'
import { scoreLead, scoredDecision } from '../../../domain/scoring/score.ts'
import type { LeadScore } from '../../../domain/scoring/score.ts'
import type { ScoringRules } from '../../../domain/scoring/scoring-rules.ts'
import { differ, withScore } from '../../../domain/scoring/standing.ts'
import type { Standing } from '../../../domain/scoring/standing.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import type { NewEvent } from '../../../repositories/events/record-events.ts'
import { insertDecisionsOfLeads } from '../../../repositories/leads/decisions.ts'
import { findPublishedRuleSet } from '../../../repositories/rules/rule-sets.ts'
import { writeStandings } from '../../../repositories/scoring/lead-standings.ts'
import { findScoreBases } from '../../../repositories/scoring/score-bases.ts'
import { mapInTurns } from '../../../turns.ts'
import type { LeadBasis } from '../../../repositories/scoring/score-bases.ts'

export type ScoringRuleSet = RuleSet<ScoringRules>

/** The scoring rules that hold, or null: there are none, and leads have no scores. */
export async function findScoringRules(tx: Transaction): Promise<ScoringRuleSet | null> {
  return (await findPublishedRuleSet(tx, 'scoring')) as ScoringRuleSet | null
}

/**
 * Computes the score of a lead anew after a change; without published rules nothing happens. The
 * lead must be locked before: a publication of rules then either comes before this reads them, or
 * scores the lead again after this transaction.
 */
export async function rescoreLead(tx: Transaction, leadId: string, now: Date): Promise<void> {
  const ruleSet = await findScoringRules(tx)
  if (ruleSet) await rescoreLeads(tx, { leadIds: [leadId], ruleSet, now })
}

/** The same for many leads, all of them locked: four statements, however many. */
export async function rescoreLeads(
  tx: Transaction,
  of: { leadIds: readonly string[]; ruleSet: ScoringRuleSet; now: Date }
): Promise<void> {
  const bases = await findScoreBases(tx, of.leadIds)
  const outcomes = await mapInTurns(bases, (basis) => settle(basis, basis.standing, of))
  await recordOutcomes(tx, outcomes, of.now)
}

/** The new score and temperature of one lead. */
interface ScoreOutcome {
  basis: LeadBasis
  after: Standing
  /** Null: there are no scoring rules. */
  scored: { result: LeadScore; ruleSetId: string } | null
}

/** The lead's standing with a fresh score; `standing` is what it has by then. */
export function settle(
  basis: LeadBasis,
  standing: Standing,
  { ruleSet, now }: { ruleSet: ScoringRuleSet | null; now: Date }
): ScoreOutcome {
  if (!ruleSet) return { basis, after: standing, scored: null }
  const result = scoreLead({ ...basis, rules: ruleSet.content, at: now })
  return { basis, after: withScore(standing, result), scored: { result, ruleSetId: ruleSet.id } }
}

/** Writes what became of leads: scores, why, and an event for each temperature that changed. */
export async function recordOutcomes(
  tx: Transaction,
  outcomes: readonly ScoreOutcome[],
  now: Date
): Promise<void> {
  const changed = outcomes.filter(
    ({ basis, after }) =>
      differ(basis.standing, after) ||
      !isSameTime(basis.standing.coolAt, after.coolAt) ||
      !isSameTime(basis.standing.temperatureUntil, after.temperatureUntil)
  )
  await writeStandings(
    tx,
    changed.map(({ basis, after }) => ({
      id: basis.id,
      standing: after,
      shows: differ(basis.standing, after)
    })),
    now
  )
  await insertDecisionsOfLeads(
    tx,
    changed.flatMap(({ basis, after, scored }) =>
      scored && basis.standing.score !== after.score
        ? [{ leadId: basis.id, decisions: [scoredDecision(scored.result, scored.ruleSetId)] }]
        : []
    ),
    now
  )
  await recordEvents(tx, SYSTEM_ACTOR, now, changed.flatMap(temperatureEvent))
}

function temperatureEvent({ basis, after }: ScoreOutcome): NewEvent[] {
  const from = basis.standing.temperature
  const to = after.temperature
  if (from === to) return []
  // What a person set changes here by cooling only; where the score takes over, it is the score's.
  const by = after.temperatureBy === 'user' ? 'time' : 'score'
  return [
    {
      type: 'lead.temperature_changed',
      subject: { type: 'lead', id: basis.id },
      leadId: basis.id,
      clientId: basis.clientId,
      data: { from, to, by }
    }
  ]
}

function isSameTime(one: Date | null, other: Date | null): boolean {
  return one?.getTime() === other?.getTime()
}
