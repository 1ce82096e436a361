import type { Actor } from '../deliveries/event.ts'
import type { Consent } from '../leads/lead.ts'

/**
 * How a statement came to a record: `capture` with the lead itself, `direct` by somebody who recorded
 * it, `conversion`, `link` or `merge` along with what was joined, `narrowed` because two joined records
 * disagreed, `unsubscribe` by the person through a mail's link.
 */
export const CONSENT_ORIGINS = [
  'capture',
  'direct',
  'conversion',
  'link',
  'merge',
  'narrowed',
  'unsubscribe'
] as const
export type ConsentOrigin = (typeof CONSENT_ORIGINS)[number]

/** One statement on a client's or a lead's record. */
export interface ConsentRecord extends Consent {
  id: string
  clientId: string | null
  /** The lead it was said with, or about. */
  leadId: string | null
  origin: ConsentOrigin
  /** The operation that brought it to this record. */
  operationId: string | null
  /** Since when it is on this record. */
  effectiveAt: Date
  /** Since when it is not any more. */
  voidFrom: Date | null
  actor: Actor
  createdAt: Date
}
