import type { Transaction } from '../../database/client.ts'
import type { ScoreNow } from '../../domain/scoring/standing.ts'
import { findScoreBases } from '../../repositories/scoring/score-bases.ts'
import { findScoringRules, settle } from './rescore-leads.ts'

/** A lead's score as it is now, which fading may have moved since it was last written; null: no lead. */
export async function readScore(
  tx: Transaction,
  leadId: string,
  now: Date
): Promise<ScoreNow | null> {
  const [basis] = await findScoreBases(tx, [leadId])
  if (!basis) return null
  const ruleSet = await findScoringRules(tx)
  const { after, scored } = settle(basis, basis.standing, { ruleSet, now })
  const { score, temperature, temperatureBy, coolAt } = after
  return {
    score,
    temperature,
    temperatureBy,
    parts: scored?.result.parts ?? [],
    ruleSetId: scored?.ruleSetId ?? null,
    computedAt: scored ? now : null,
    coolAt
  }
}
