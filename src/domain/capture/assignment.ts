import type { DealerSettings } from '../dealers/dealer.ts'
import { mailTo, mailToUser } from '../deliveries/delivery.ts'
import type { PlannedDelivery } from '../deliveries/delivery.ts'
import type { Actor } from '../events/event.ts'
import type { LeadContent, Reference } from '../leads/lead.ts'
import type { QuarantineCode } from '../reasons/decision-reasons.ts'

/**
 * Who is notified of an assignment: the assignee, unless they took the lead themselves. A
 * quarantined lead is announced when it is released; a test lead is announced to the dealer's test
 * address only.
 */
export function planAssignmentMail(
  {
    content,
    quarantineReason
  }: {
    content: Pick<LeadContent, 'isTest'>
    quarantineReason: QuarantineCode | null
  },
  assignment: {
    assignee: Reference & { email: string }
    actor: Actor
    settings: Pick<DealerSettings, 'testAddress'>
  }
): PlannedDelivery[] {
  const { assignee, actor, settings } = assignment
  if (quarantineReason !== null) return []
  if (actor.type === 'user' && actor.id === assignee.id) return []
  if (content.isTest) {
    const { testAddress } = settings
    return testAddress === null ? [] : [mailTo('test_mail', testAddress)]
  }
  return [mailToUser('assignee_mail', assignee)]
}
