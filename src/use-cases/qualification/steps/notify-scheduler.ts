import type { Transaction } from '../../../database/client.ts'
import type { Activity } from '../../../domain/activities/activity.ts'
import type { Dealer } from '../../../domain/dealers/dealer.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { planColleagueMail } from '../../../domain/qualification/handover-mail.ts'
import { createDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { findActiveColleagues } from '../../../repositories/qualification/colleagues.ts'

/**
 * Notifies the user who scheduled an activity of its feedback, by an event and a mail. A user gets no
 * notification of an own change.
 */
export async function notifyScheduler(
  tx: Transaction,
  {
    activity,
    lead,
    dealer,
    actor,
    now,
    mailDomain
  }: {
    activity: Activity
    lead: Lead
    dealer: Dealer
    actor: Actor
    now: Date
    mailDomain: string
  }
): Promise<void> {
  const { id, createdBy, type, state, outcome, userId, feedback } = activity
  if (createdBy === null || actor.id === createdBy) return
  await recordEvents(tx, actor, now, [
    {
      type: 'activity.feedback',
      subject: { type: 'activity', id },
      leadId: lead.id,
      clientId: activity.clientId,
      data: { type, state, outcome, hasFeedback: feedback !== null, userId, arrangerId: createdBy }
    }
  ])
  const schedulers = await findActiveColleagues(tx, [createdBy])
  const deliveries = planColleagueMail('feedback_mail', schedulers, {
    aboutId: id,
    isTest: lead.content.isTest,
    settings: dealer.settings
  })
  await createDeliveries(tx, { leadId: lead.id, deliveries, mailDomain, now })
}
