import type { Actor } from '../events/event.ts'

/** `unsubscribed`: by the person, through a mail's link. `requested`: by a user of the dealer. */
export const SUPPRESSION_REASONS = ['unsubscribed', 'requested'] as const
type SuppressionReason = (typeof SUPPRESSION_REASONS)[number]

/** An address that gets no automatic mail. */
export interface Suppression {
  id: string
  /** The address in comparison form. */
  emailKey: string
  reason: SuppressionReason
  /** The lead whose mail had the used link, or null. */
  leadId: string | null
  actor: Actor
  createdAt: Date
}
