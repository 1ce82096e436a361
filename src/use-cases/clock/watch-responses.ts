import type { Database, Transaction } from '../../database/client.ts'
import { SYSTEM_ACTOR } from '../../domain/deliveries/event.ts'
import type { EventType } from '../../domain/deliveries/event.ts'
import { lockDueLeads, lookAtLimit, planLeads } from '../../repositories/clock/awaited-leads.ts'
import type { AwaitedLead } from '../../repositories/clock/awaited-leads.ts'
import { recordEvents } from '../../repositories/events.ts'
import type { NewEvent } from '../../repositories/events.ts'
import { isAwaited } from './keep-clock.ts'

/** How many leads one round looks at: captures wait for the turns it takes, so it is soon over. */
const BATCH = 50

/**
 * Looks at leads on which somebody is to have acted, or soon: warns, or says that nobody has. Answers how
 * many there were.
 */
export async function watchResponses({
  db,
  dealerId,
  now
}: {
  db: Database
  dealerId: string
  now: Date
}): Promise<number> {
  return await db.transaction(dealerId, async (tx) => {
    const due = await lockDueLeads(tx, now, BATCH)
    const [awaited, settled] = [due.filter(isAwaited), due.filter((lead) => !isAwaited(lead))]
    await planLeads(tx, idsOf(settled), { respondBy: null, clockDueAt: null })
    const isLate = ({ respondBy }: AwaitedLead) => respondBy === null || respondBy <= now
    await warn(
      tx,
      awaited.filter((lead) => !isLate(lead)),
      now
    )
    for (const lead of awaited.filter(isLate)) await escalate(tx, lead, now)
    return due.length
  })
}

/** Says of each lead by when somebody is to act; then it is looked at again. */
async function warn(tx: Transaction, leads: readonly AwaitedLead[], now: Date): Promise<void> {
  await recordEvents(
    tx,
    SYSTEM_ACTOR,
    now,
    leads.map((lead) => describe(lead, 'lead.response_warning', lead.escalations))
  )
  await lookAtLimit(tx, idsOf(leads))
}

/** Says that nobody has acted; that it is overdue shows from then on. */
async function escalate(tx: Transaction, lead: AwaitedLead, now: Date): Promise<void> {
  const escalations = lead.escalations + 1
  await planLeads(tx, [lead.id], { clockDueAt: null, escalations })
  await recordEvents(tx, SYSTEM_ACTOR, now, [describe(lead, 'lead.response_overdue', escalations)])
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
