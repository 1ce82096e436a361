import { PUBLIC_ACTOR } from '../events/event.ts'
import type { Actor } from '../events/event.ts'
import type { Consent, Lead } from '../leads/lead.ts'

/**
 * How a statement came to a record: `capture` with the lead itself, `direct` recorded by a user,
 * `import` from a list, `conversion`, `link` or `merge` along with joined records, `narrowed` because two joined records
 * disagreed, `unsubscribe` by the person through a mail's link.
 */
export const CONSENT_ORIGINS = [
  'capture',
  'direct',
  'import',
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

/** A consent statement, without its origin. */
export function statementOf(record: Consent): Consent {
  const { purpose, channel, granted, text, textVersion, language, page, ip, givenAt, proofUrl } =
    record
  return { purpose, channel, granted, text, textVersion, language, page, ip, givenAt, proofUrl }
}

/** The consents that a lead came with, in their order, as records of the lead's own. */
export function consentsOfLead({ id: leadId, content, receivedAt }: OriginalLead): ConsentRecord[] {
  return inOrderSaid(content.consents, receivedAt).map((consent, place) => ({
    ...consent,
    id: `00000000-0000-7000-8000-${String(place).padStart(12, '0')}`,
    clientId: null,
    leadId,
    origin: 'capture',
    operationId: null,
    effectiveAt: receivedAt,
    voidFrom: null,
    actor: PUBLIC_ACTOR,
    createdAt: receivedAt
  }))
}

export type OriginalLead = Pick<Lead, 'id' | 'content' | 'receivedAt'>

/**
 * Statements that came together. What has no time was said when they came, and nothing after that. Of
 * what was said at one moment the narrower comes last: a refusal after a grant, one channel after all.
 */
export function inOrderSaid(consents: readonly Consent[], receivedAt: Date): Consent[] {
  const saidAt = ({ givenAt }: Consent) =>
    Math.min(givenAt === null ? Infinity : Date.parse(givenAt), receivedAt.getTime())
  return consents.toSorted((a, b) => saidAt(a) - saidAt(b) || breadth(b) - breadth(a))
}

function breadth({ granted, channel }: Consent): number {
  return (granted ? 2 : 0) + (channel === null ? 1 : 0)
}
