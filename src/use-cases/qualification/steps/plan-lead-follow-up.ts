import type { Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import type { Activity } from '../../../domain/activities/activity.ts'
import { followUpDue } from '../../../domain/clients/follow-up.ts'
import { actorOf } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import type { QualificationForm } from '../../../domain/qualification/form.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { planNextStep } from '../../clients/steps/plan-follow-up.ts'

const DAY_MS = 86_400_000

/**
 * Plans an activity to qualify a lead again: at `followUpAt`, else on a working morning after the days
 * that the form names. The assignee gets it, else the caller.
 */
export async function planLeadFollowUp(
  tx: Transaction,
  {
    principal,
    followUpAt,
    now,
    mailDomain
  }: { principal: TenantPrincipal; followUpAt: Date | null; now: Date; mailDomain: string },
  { lead, form }: { lead: Lead; form: QualificationForm }
): Promise<Activity> {
  const dealer = await findDealer(tx)
  if (!dealer) throw new Error('a dealer with a lead is gone')
  // `followUpDue` is on the next working morning, so the last of the days is left to it.
  const dayBefore = new Date(now.getTime() + (form.followUpDays - 1) * DAY_MS)
  const callerId = principal.kind === 'user' ? principal.id : undefined
  return await planNextStep(tx, {
    contact: lead.content.contact,
    dueAt: followUpAt ?? followUpDue(dayBefore, dealer.timeZone),
    userIds: [lead.assignee?.id, callerId],
    leadId: lead.id,
    clientId: lead.client?.id ?? null,
    actor: actorOf(principal),
    knownBy: actorOf(principal),
    now,
    mailDomain
  })
}
