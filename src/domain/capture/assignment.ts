import type { PlannedDelivery } from './announcement.ts'
import type { DealerSettings } from '../dealers/dealer.ts'
import type { Actor } from '../events/event.ts'
import type { LeadContent, Reference } from '../leads/lead.ts'

/**
 * Who hears that a lead was given to somebody: they do, unless they took it themselves. A quarantined
 * lead is announced when it is released; of a test, only the dealer's test address hears.
 */
export function planAssignmentMail(
  {
    content,
    quarantineReason
  }: {
    content: Pick<LeadContent, 'isTest'>
    quarantineReason: string | null
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
    return testAddress === null
      ? []
      : [{ purpose: 'test_mail', recipientName: null, recipientAddress: testAddress }]
  }
  return [
    {
      purpose: 'assignee_mail',
      recipientName: assignee.name,
      recipientAddress: assignee.email
    }
  ]
}
