import type { TenantPrincipal } from '../access/permissions.ts'
import { seesAll } from '../access/permissions.ts'
import type { Reference } from '../leads/lead.ts'
import type { WithdrawalCode } from '../reasons/request-reasons.ts'

export const LINK_REQUEST_STATES = [
  'asked',
  'accepted',
  'declined',
  'expired',
  'withdrawn'
] as const
export type LinkRequestState = (typeof LINK_REQUEST_STATES)[number]

/** Days after which a request without an answer ends. */
export const LINK_REQUEST_DAYS = 7

/** A member asks the responsible user of a client to agree that a lead is linked to it. */
export interface LinkRequest {
  id: string
  leadId: string
  clientId: string
  state: LinkRequestState
  fromUserId: string
  toUserId: string
  message: string | null
  /** The reason for which it was declined. */
  reason: string | null
  /** Why the service withdrew it; null: users did, or it ended in another way. */
  withdrawalCode: WithdrawalCode | null
  expiresAt: Date
  endedAt: Date | null
  endedBy: string | null
  version: number
  createdAt: Date
  updatedAt: Date
}

/** A request with the names of its lead, client and users. */
export interface NamedLinkRequest extends LinkRequest {
  lead: { id: string; name: string | null }
  client: Reference
  fromUser: Reference
  toUser: Reference
  endedByUser: Reference | null
}

/** When a request that is made now ends. */
export function linkRequestExpiry(now: Date): Date {
  return new Date(now.getTime() + LINK_REQUEST_DAYS * 86_400_000)
}

/** Whether a request can still be answered: not after its expiry, even before that is recorded. */
export function isOpenRequest(
  { state, expiresAt }: Pick<LinkRequest, 'state' | 'expiresAt'>,
  now: Date
): boolean {
  return state === 'asked' && expiresAt > now
}

/** Whether the caller may accept or decline: the user who was asked, and callers who see all clients. */
export function mayAnswer({ toUserId }: LinkRequest, principal: TenantPrincipal): boolean {
  return seesAll(principal) || toUserId === principal.id
}

/** Whether the caller may withdraw a request or an offer: its author, and callers who see all clients. */
export function mayWithdraw(
  { fromUserId }: { fromUserId: string | null },
  principal: TenantPrincipal
): boolean {
  return seesAll(principal) || fromUserId === principal.id
}
