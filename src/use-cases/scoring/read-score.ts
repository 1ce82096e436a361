import type { Database } from '../../database/client.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { ScoreNow } from '../../domain/scoring/standing.ts'
import { findLead } from '../../repositories/leads/leads.ts'
import { findScoreBases } from '../../repositories/scoring/score-bases.ts'
import type { Command } from '../command.ts'
import { findScoringRules, settle } from './steps/rescore-leads.ts'

/** Reads the score of a lead that the caller sees, as it is now: fading may have moved it since. */
export async function readScore(
  db: Database,
  { principal, leadId, now }: Command & { leadId: string }
): Promise<ScoreNow | Refusal> {
  return await db.read(principal.dealerId, async (tx) => {
    const lead = await findLead(tx, principal, leadId)
    const [basis] = lead ? await findScoreBases(tx, [lead.id]) : []
    if (!basis) return notFound('lead')
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
  })
}
