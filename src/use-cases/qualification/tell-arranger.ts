import type { Transaction } from '../../database/client.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import type { Actor } from '../../domain/deliveries/event.ts'
import { planColleagueMail } from '../../domain/qualification/handover-mail.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { oweDeliveries } from '../../repositories/deliveries/deliveries.ts'
import { recordEvents } from '../../repositories/events.ts'
import { findLeadById } from '../../repositories/leads/leads.ts'
import { findActiveColleagues } from '../../repositories/qualification/colleagues.ts'

/**
 * Tells whoever arranged an activity what came of it, by an event and a mail: the store's word on the
 * appointment that somebody else made for it. Nobody is told of what they did themselves.
 */
export async function tellArranger(
  tx: Transaction,
  {
    activity,
    actor,
    now,
    mailDomain
  }: {
    activity: Activity
    actor: Actor
    now: Date
    mailDomain: string
  }
): Promise<void> {
  const { id, createdBy, type, state, outcome, userId, feedback } = activity
  if (createdBy === null || actor.id === createdBy || activity.leadId === null) return
  const lead = await findLeadById(tx, activity.leadId)
  const dealer = await findDealer(tx)
  if (!lead || !dealer) throw new Error('the lead of an activity is gone')
  await recordEvents(tx, actor, now, [
    {
      type: 'activity.feedback',
      subject: { type: 'activity', id },
      leadId: lead.id,
      clientId: activity.clientId,
      data: { type, state, outcome, hasFeedback: feedback !== null, userId, arrangerId: createdBy }
    }
  ])
  const arrangers = await findActiveColleagues(tx, [createdBy])
  const deliveries = planColleagueMail('feedback_mail', arrangers, {
    aboutId: id,
    isTest: lead.content.isTest,
    settings: dealer.settings
  })
  await oweDeliveries(tx, { leadId: lead.id, deliveries, mailDomain, now })
}
