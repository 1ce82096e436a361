import type { Transaction } from '../../database/client.ts'
import { measure } from '../../domain/clock/lead-clock.ts'
import type { LeadClock } from '../../domain/clock/lead-clock.ts'
import { isOpenGroup } from '../../domain/leads/status-groups.ts'
import { findAwaitedLead } from '../../repositories/clock/awaited-leads.ts'
import { findLeadClock } from '../../repositories/clock/lead-clocks.ts'
import { findResponseRules } from '../../repositories/clock/working-hours.ts'

/** The clock of a lead that the caller sees, as it stands at a moment. */
export async function readClock(
  tx: Transaction,
  leadId: string,
  now: Date
): Promise<LeadClock | null> {
  const lead = await findAwaitedLead(tx, leadId)
  if (!lead) return null
  const kept = await findLeadClock(tx, leadId)
  const { hoursOf, zone } = await findResponseRules(tx, [lead.homeQueueId])
  const { receivedAt, firstAssignedAt, respondBy, escalations } = lead
  const since = { receivedAt, hours: hoursOf(lead.homeQueueId), zone }
  const ofKept = (moment: { at: Date; workingSeconds: number } | null | undefined) =>
    moment ? { ...measure(since, moment.at), ...moment } : null
  const { seconds, workingSeconds } = measure(since, now)
  const isWaiting = !kept?.attempted && isOpenGroup(lead.group)
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
