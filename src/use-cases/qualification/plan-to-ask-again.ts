import type { Transaction } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import { followUpDue } from '../../domain/clients/follow-up.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { QualificationForm } from '../../domain/qualification/form.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { planNextStep } from '../clients/plan-follow-up.ts'

const DAY_MS = 86_400_000

/**
 * Plans to ask a person again who is not ready yet: when somebody said, else after as many days as the
 * form says, on a working morning; for whoever has the lead, else the one who asked.
 */
export async function planToAskAgain(
  tx: Transaction,
  {
    principal,
    actor,
    followUpAt,
    now
  }: { principal: TenantPrincipal; actor: Actor; followUpAt: Date | null; now: Date },
  { lead, form }: { lead: Lead; form: QualificationForm }
): Promise<Activity> {
  const dealer = await findDealer(tx)
  if (!dealer) throw new Error('a dealer with a lead is gone')
  // The morning after a day before: of so many days the last is the one that it falls due on.
  const dayBefore = new Date(now.getTime() + (form.followUpDays - 1) * DAY_MS)
  const callerId = principal.kind === 'user' ? principal.id : undefined
  return await planNextStep(tx, {
    contact: lead.content.contact,
    dueAt: followUpAt ?? followUpDue(dayBefore, dealer.timeZone),
    userIds: [lead.assignee?.id, callerId],
    leadId: lead.id,
    clientId: lead.client?.id ?? null,
    actor,
    now
  })
}
