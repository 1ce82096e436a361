import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import type { Temperature } from '../../../domain/leads/temperature.ts'
import { withTemperature } from '../../../domain/scoring/standing.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { writeStandings } from '../../../repositories/scoring/lead-standings.ts'
import { findScoreBases } from '../../../repositories/scoring/score-bases.ts'
import { findScoringRules, recordOutcomes, settle } from './rescore-leads.ts'

/**
 * Sets the temperature of a locked lead by hand. It holds for the dealer's number of days, regardless
 * of the score. Null returns it to the score.
 */
export async function setTemperature(
  tx: Transaction,
  lead: Pick<Lead, 'id' | 'client'>,
  { temperature, actor, now }: { temperature: Temperature | null; actor: Actor; now: Date }
): Promise<void> {
  const [basis] = await findScoreBases(tx, [lead.id])
  const dealer = await findDealer(tx)
  if (!basis || !dealer) throw new Error('a locked lead was not found')
  const ruleSet = await findScoringRules(tx)
  const { temperatureHoldDays: holdDays } = dealer.settings
  const hasRules = ruleSet !== null
  const given = withTemperature(basis.standing, temperature, { holdDays, hasRules, at: now })
  await writeStandings(tx, [{ id: lead.id, standing: given, shows: false }], now)
  if (given.temperature !== basis.standing.temperature) {
    await recordEvents(tx, actor, now, [
      {
        type: 'lead.temperature_changed',
        subject: { type: 'lead', id: lead.id },
        leadId: lead.id,
        clientId: lead.client?.id ?? null,
        data: { from: basis.standing.temperature, to: given.temperature, by: 'user' }
      }
    ])
  }
  const outcome = settle({ ...basis, standing: given }, given, { ruleSet, now })
  await recordOutcomes(tx, [outcome], now)
}
