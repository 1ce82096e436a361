import type { Transaction } from '../../../database/client.ts'
import { SYSTEM_ACTOR } from '../../../domain/events/event.ts'
import { planNotification } from '../../../domain/notifications/notification.ts'
import type { Recipient } from '../../../domain/notifications/notification.ts'
import type { AwaitedLead } from '../../../repositories/clock/awaited-leads.ts'
import { createDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { findManagers, findRecipients } from '../../../repositories/notifications/recipients.ts'
import { findHearers } from './tell-queue.ts'

interface Telling {
  kind: 'responseWarning' | 'responseOverdue'
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/**
 * Tells that the response limit of a lead is near, or over: the user who has it, else those who work on
 * its queue; of a limit that is over, owners and admins, too.
 */
export async function tellOfResponse(
  tx: Transaction,
  lead: AwaitedLead,
  { kind, now, mailDomain }: Telling
): Promise<void> {
  const { id: leadId, escalations } = lead
  const respondBy = lead.respondBy?.toISOString() ?? null
  const managers = kind === 'responseOverdue' ? await findManagers(tx) : []
  const told = new Map(
    [...(await findWorkers(tx, lead, now)), ...managers].map((user) => [user.id, user])
  )
  const deliveries = planNotification(kind, [...told.values()], {
    facts: { respondBy },
    key: `${leadId} ${respondBy ?? escalations}`
  })
  await createDeliveries(tx, { leadId, deliveries, mailDomain, now })
}

/** The users who are to respond. */
async function findWorkers(
  tx: Transaction,
  { assigneeId, queueId }: AwaitedLead,
  now: Date
): Promise<Recipient[]> {
  if (assigneeId !== null) return await findRecipients(tx, [assigneeId])
  return queueId === null ? [] : await findHearers(tx, { queueId, actor: SYSTEM_ACTOR, now })
}
