import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { planNotification } from '../../../domain/notifications/notification.ts'
import { createDeliveriesOfMany } from '../../../repositories/deliveries/deliveries.ts'
import { findRecipients } from '../../../repositories/notifications/recipients.ts'
import type { LeadWithAssignment } from '../../../repositories/leads/lead-assignments.ts'
import { findTellableLeads } from '../../../repositories/notifications/tellable-leads.ts'
import { MAX_MAILS } from './tell-queue.ts'

/** Tells users that leads of theirs were assigned to others. `moved` are the leads as they were before. */
export async function tellOfMovedLeads(
  tx: Transaction,
  moved: readonly LeadWithAssignment[],
  {
    actor,
    knownTo = [],
    now,
    mailDomain
  }: { actor: Actor; knownTo?: readonly string[] | undefined; now: Date; mailDomain: string }
): Promise<void> {
  const knowing = [null, actor.type === 'user' ? actor.id : null, ...knownTo]
  const lost = moved.filter(({ assignment }) => !knowing.includes(assignment.assigneeId))
  if (lost.length === 0) return
  const tellable = await findTellableLeads(
    tx,
    lost.map(({ id }) => id)
  )
  const users = await findRecipients(tx, [
    ...new Set(lost.flatMap(({ assignment }) => assignment.assigneeId ?? []))
  ])
  const told = lost.filter(({ id }) => tellable.has(id))
  const deliveries = told.flatMap(({ id: leadId, assignment }) => {
    const recipients = users.filter(({ id }) => id === assignment.assigneeId)
    return planNotification('movedLead', recipients).map((delivery) => ({
      leadId,
      ...delivery,
      // A mail for each of many would bury all others.
      ...(told.length > MAX_MAILS && delivery.mode === 'now' ? { mode: 'digest' as const } : {})
    }))
  })
  await createDeliveriesOfMany(tx, { deliveries, mailDomain, now })
}
