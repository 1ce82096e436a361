import type { Database } from '../../database/client.ts'
import { withTimePassed } from '../../domain/scoring/standing.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { lockCooledLeads } from '../../repositories/scoring/lead-standings.ts'
import { findScoreBases } from '../../repositories/scoring/score-bases.ts'
import { mapInTurns } from '../../turns.ts'
import type { WatchCommand } from '../command.ts'
import { findScoringRules, recordOutcomes, settle } from './steps/rescore-leads.ts'

const BATCH = 200

/**
 * Looks at leads whose score fades or whose temperature has held for long enough, and returns how
 * many. Each is looked at again only when time will have changed it further.
 */
export async function coolLeads(
  db: Database,
  { dealerId, now }: Pick<WatchCommand, 'dealerId' | 'now'>
): Promise<number> {
  return await db.transaction(dealerId, async (tx) => {
    const ids = await lockCooledLeads(tx, { now, limit: BATCH })
    if (ids.length === 0) return 0
    const holdDays = (await findDealer(tx))?.settings.temperatureHoldDays ?? null
    const ruleSet = await findScoringRules(tx)
    const bases = await findScoreBases(tx, ids)
    const outcomes = await mapInTurns(bases, (basis) => {
      const cooled = withTimePassed(basis.standing, { holdDays, at: now })
      return settle(basis, cooled, { ruleSet, now })
    })
    await recordOutcomes(tx, outcomes, now)
    return ids.length
  })
}
