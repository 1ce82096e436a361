import type { Team, UserPrincipal } from '../access/permissions.ts'
import type { Lead, Reference } from '../leads/lead.ts'
import { isOpenGroup } from '../leads/status-groups.ts'
import type { StatusGroup } from '../leads/status-groups.ts'
import type { Temperature } from '../leads/temperature.ts'

export const HANDOVER_STATES = ['offered', 'accepted', 'declined', 'expired', 'withdrawn'] as const
export type HandoverState = (typeof HANDOVER_STATES)[number]

/** The offer of a lead to a user, or to a team whose first member to accept gets it. */
export interface Handover {
  id: string
  leadId: string
  state: HandoverState
  /** The user who had the lead, or offered it from a queue; null: a machine or the system. */
  fromUserId: string | null
  toUserId: string | null
  toTeam: Team | null
  message: string | null
  /** The reason for which it was declined. */
  reason: string | null
  expiresAt: Date | null
  endedAt: Date | null
  endedBy: string | null
  version: number
  createdAt: Date
  updatedAt: Date
}

/** A handover with the names of its users and a summary of the lead. */
export interface NamedHandover extends Handover {
  lead: {
    id: string
    name: string | null
    statusGroup: StatusGroup
    temperature: Temperature | null
  }
  fromUser: Reference | null
  toUser: Reference | null
  endedByUser: Reference | null
}

/** The reason why a lead can't be offered or accepted; null when it can. */
export function obstacleToHandover(
  lead: Pick<Lead, 'status' | 'quarantineReason'>
): { refusal: 'quarantined' | 'lead-closed' } | null {
  if (lead.quarantineReason !== null) return { refusal: 'quarantined' }
  return isOpenGroup(lead.status.group) ? null : { refusal: 'lead-closed' }
}

/** Whether the user may accept or decline: the offer is made to the user or to the user's team. */
export function mayRespond(
  { toUserId, toTeam }: Pick<Handover, 'toUserId' | 'toTeam'>,
  user: Pick<UserPrincipal, 'id' | 'team'>
): boolean {
  return toUserId === null ? toTeam !== null && toTeam === user.team : toUserId === user.id
}

/** Whether an offer can still be accepted or declined: not after its expiry, even before that is recorded. */
export function isOpenOffer(
  { state, expiresAt }: Pick<Handover, 'state' | 'expiresAt'>,
  now: Date
): boolean {
  return state === 'offered' && (expiresAt === null || expiresAt > now)
}
