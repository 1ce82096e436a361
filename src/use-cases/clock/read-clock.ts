import type { Database, Transaction } from '../../database/client.ts'
import { measure } from '../../domain/clock/lead-clock.ts'
import type { LeadClock } from '../../domain/clock/lead-clock.ts'
import { isAwaitedGroup } from '../../domain/leads/status-groups.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { wasHandled } from '../../repositories/clock/handled-leads.ts'
import { findAwaitedLead } from '../../repositories/clock/awaited-leads.ts'
import { findLeadClock } from '../../repositories/clock/lead-clocks.ts'
import { findResponseRules } from '../../repositories/clock/working-hours.ts'
import { findLead } from '../../repositories/leads/leads.ts'
import type { Command } from '../command.ts'

/** Reads the clock of a lead that the caller sees, as it is now. */
export async function readClock(
  db: Database,
  { principal, leadId, now }: Command & { leadId: string }
): Promise<LeadClock | Refusal> {
  return await db.read(principal.dealerId, async (tx) => {
    const lead = await findLead(tx, principal, leadId)
    const clock = lead && (await clockOf(tx, lead.id, now))
    return clock ?? notFound('lead')
  })
}

async function clockOf(tx: Transaction, leadId: string, now: Date): Promise<LeadClock | null> {
  const lead = await findAwaitedLead(tx, leadId)
  if (!lead) return null
  const kept = await findLeadClock(tx, leadId)
  const { settings, hoursOf, zone } = await findResponseRules(tx, [lead.homeQueueId])
  const { receivedAt, firstAssignedAt, escalations } = lead
  // A stored deadline ends when the dealer turns the limit off.
  const respondBy = settings.responseLimitMinutes === null ? null : lead.respondBy
  const since = { receivedAt, hours: hoursOf(lead.homeQueueId), zone }
  const ofKept = (moment: { at: Date; workingSeconds: number } | null | undefined) =>
    moment ? { ...measure(since, moment.at), ...moment } : null
  const { seconds, workingSeconds } = measure(since, now)
  const isWaiting =
    !kept?.attempted && isAwaitedGroup(lead.group) && !(await wasHandled(tx, leadId))
  return {
    received: measure(since, receivedAt),
    assigned: firstAssignedAt && measure(since, firstAssignedAt),
    attempted: ofKept(kept?.attempted),
    reached: ofKept(kept?.reached),
    met: ofKept(kept?.met),
    respondBy,
    overdue: isWaiting && respondBy !== null && respondBy <= now,
    escalations,
    running: isWaiting ? { seconds, workingSeconds } : null
  }
}
