import type { Database, Transaction } from '../../database/client.ts'
import { MAX_ESCALATIONS } from '../../domain/dealers/response-limit.ts'
import { SYSTEM_ACTOR } from '../../domain/events/event.ts'
import type { EventType } from '../../domain/events/event.ts'
import {
  findAwaitedLead,
  lockDueLeads,
  lookAtLimit,
  planLeads
} from '../../repositories/clock/awaited-leads.ts'
import type { AwaitedLead } from '../../repositories/clock/awaited-leads.ts'
import { wasHandled } from '../../repositories/clock/handled-leads.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { findResponseRules } from '../../repositories/clock/working-hours.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { NewEvent } from '../../repositories/events/record-events.ts'
import type { WatchCommand } from '../command.ts'
import { tellOfResponse } from '../notifications/steps/tell-of-response.ts'
import { rerouteLead } from '../routing/steps/reroute-lead.ts'
import { isAwaited, planFor } from './steps/keep-clock.ts'

/** How many leads one round looks at: others wait for the turns it takes, so it is soon over. */
const BATCH = 10

/** When a lead is looked at again that could not be dealt with: the others must not wait for it. */
const POSTPONED_MINUTES = 15

/**
 * Checks leads whose response deadline is due or near: warns, or records the breach and lets the
 * rules for `overdue` reassign them. Where the dealer has turned the limit off since, the deadlines end. Returns how many there were. A failing lead is reported to
 * `failed` and checked again later.
 */
export async function watchResponses(
  db: Database,
  { dealerId, now, mailDomain, failed }: WatchCommand
): Promise<number> {
  return await db.transaction(dealerId, async (tx) => {
    const due = await lockDueLeads(tx, now, BATCH)
    const hasLimit = (await findDealer(tx))?.settings.responseLimitMinutes !== null
    const awaited: AwaitedLead[] = []
    for (const lead of due) {
      if (hasLimit && isAwaited(lead) && !(await wasHandled(tx, lead.id))) awaited.push(lead)
    }
    const settled = due.filter((lead) => !awaited.includes(lead))
    await planLeads(tx, idsOf(settled), { respondBy: null, clockDueAt: null })
    const isLate = ({ respondBy }: AwaitedLead) => respondBy === null || respondBy <= now
    await warn(
      tx,
      awaited.filter((lead) => !isLate(lead)),
      { now, mailDomain }
    )
    for (const lead of awaited.filter(isLate)) {
      const failure = await tx.attempt(() => escalate(tx, lead, { now, mailDomain }))
      if (!failure) continue
      const clockDueAt = new Date(now.getTime() + POSTPONED_MINUTES * 60_000)
      await planLeads(tx, [lead.id], { clockDueAt })
      failed(failure.error)
    }
    return due.length
  })
}

/** Records that each lead's response deadline is near, tells of it, and schedules the next check. */
async function warn(
  tx: Transaction,
  leads: readonly AwaitedLead[],
  { now, mailDomain }: { now: Date; mailDomain: string }
): Promise<void> {
  await recordEvents(
    tx,
    SYSTEM_ACTOR,
    now,
    leads.map((lead) => describe(lead, 'lead.response_warning', lead.escalations))
  )
  for (const lead of leads) {
    await tellOfResponse(tx, lead, { kind: 'responseWarning', now, mailDomain })
  }
  await lookAtLimit(tx, idsOf(leads))
}

/**
 * Records the breach and reassigns the lead, if the rules name another user, with a new deadline.
 * After the limit of reassignments the lead stays and is shown as overdue.
 */
async function escalate(
  tx: Transaction,
  lead: AwaitedLead,
  { now, mailDomain }: { now: Date; mailDomain: string }
): Promise<void> {
  const escalations = lead.escalations + 1
  await planLeads(tx, [lead.id], { clockDueAt: null, escalations })
  await recordEvents(tx, SYSTEM_ACTOR, now, [describe(lead, 'lead.response_overdue', escalations)])
  await tellOfResponse(tx, lead, { kind: 'responseOverdue', now, mailDomain })
  if (escalations > MAX_ESCALATIONS) return
  if (!(await rerouteLead(tx, lead.id, { on: 'overdue', now, mailDomain }))) return
  const moved = await findAwaitedLead(tx, lead.id)
  if (!moved) return
  const rules = await findResponseRules(tx, [moved.homeQueueId])
  await planLeads(tx, [lead.id], planFor(moved, rules, now))
}

function describe(lead: AwaitedLead, type: EventType, escalations: number): NewEvent {
  const { id, clientId, assigneeId, queueId, respondBy } = lead
  return {
    type,
    subject: { type: 'lead', id },
    leadId: id,
    clientId,
    data: { assigneeId, queueId, respondBy: respondBy?.toISOString() ?? null, escalations }
  }
}

function idsOf(leads: readonly AwaitedLead[]): string[] {
  return leads.map(({ id }) => id)
}
