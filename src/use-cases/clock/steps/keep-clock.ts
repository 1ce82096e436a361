import type { Transaction } from '../../../database/client.ts'
import { contactTimes, measure } from '../../../domain/clock/lead-clock.ts'
import { planResponse } from '../../../domain/dealers/response-limit.ts'
import type { WorkingHours } from '../../../domain/clock/working-hours.ts'
import { isAwaitedGroup } from '../../../domain/leads/status-groups.ts'
import { wasHandled } from '../../../repositories/clock/handled-leads.ts'
import { lockAwaitedLead, planLeads } from '../../../repositories/clock/awaited-leads.ts'
import type { AwaitedLead } from '../../../repositories/clock/awaited-leads.ts'
import {
  deleteLeadClock,
  findFirstContacts,
  findLeadClock,
  saveLeadClock
} from '../../../repositories/clock/lead-clocks.ts'
import type { KeptClock } from '../../../repositories/clock/lead-clocks.ts'
import { findResponseRules } from '../../../repositories/clock/working-hours.ts'
import type { ResponseRules } from '../../../repositories/clock/working-hours.ts'

/**
 * Updates a lead's clock from its activities; call it after each change of an activity. The first that
 * is done ends the wait. If it is withdrawn, and nothing else was done for the lead, the wait goes on
 * from the time of the current assignment.
 *
 * Takes the lead's lock before it reads, so that of two activities written at once the second counts
 * both.
 */
export async function keepClock(
  tx: Transaction,
  leadId: string,
  { now, isDone, wasDone = false }: { now: Date; isDone: boolean; wasDone?: boolean }
): Promise<void> {
  const lead = await lockAwaitedLead(tx, leadId)
  if (!lead) return
  const times = contactTimes(await findFirstContacts(tx, leadId), now)
  const before = await findLeadClock(tx, leadId)
  if (times.attempted === null) {
    if (before) await deleteLeadClock(tx, leadId)
    if (isDone) await endWait(tx, leadId)
    else if (wasDone) await resumeWait(tx, lead)
    return
  }
  const { hoursOf, zone } = await findResponseRules(tx, [lead.homeQueueId])
  const since = { receivedAt: lead.receivedAt, hours: hoursOf(lead.homeQueueId), zone }
  const clock = {
    attempted: keep(before?.attempted, times.attempted, since),
    reached: keep(before?.reached, times.reached, since),
    met: keep(before?.met, times.met, since)
  }
  await saveLeadClock(tx, leadId, clock, now)
  await endWait(tx, leadId)
}

/** A moment that was measured already keeps its measure: the hours of then count. */
function keep(
  before: KeptClock['attempted'] | undefined,
  made: { at: Date; userId: string } | null,
  since: { receivedAt: Date; hours: WorkingHours | null; zone: string }
): KeptClock['attempted'] {
  if (made === null) return null
  const { at, userId } = made
  const isMeasured = before?.at.getTime() === at.getTime()
  return { ...(isMeasured ? before : measure(since, at)), userId }
}

/** A user or key worked on a locked lead: its first response is made. */
export async function endWait(tx: Transaction, leadId: string): Promise<void> {
  await planLeads(tx, [leadId], { respondBy: null, clockDueAt: null })
}

/** What was done for a lead was undone: where it is awaited again, it waits from its assignment. */
export async function resumeClock(tx: Transaction, leadId: string): Promise<void> {
  const lead = await lockAwaitedLead(tx, leadId)
  if (lead?.respondBy === null) await resumeWait(tx, lead)
}

async function resumeWait(tx: Transaction, lead: AwaitedLead): Promise<void> {
  if (!(await wasHandled(tx, lead.id))) await planFromAssignment(tx, lead)
}

async function planFromAssignment(tx: Transaction, lead: AwaitedLead): Promise<void> {
  if (!isAwaited(lead)) return
  const rules = await findResponseRules(tx, [lead.homeQueueId])
  await planLeads(tx, [lead.id], planFor(lead, rules, lead.assignedAt ?? lead.receivedAt))
}

/** Whether a lead has a response deadline. */
export function isAwaited({ group, quarantineReason, isTest }: AwaitedLead): boolean {
  return isAwaitedGroup(group) && quarantineReason === null && !isTest
}

/** The response deadline of a lead assigned at `from`. */
export function planFor(
  { homeQueueId }: AwaitedLead,
  { settings, zone, hoursOf }: ResponseRules,
  from: Date
) {
  return planResponse({ settings, hours: hoursOf(homeQueueId), zone, from })
}
