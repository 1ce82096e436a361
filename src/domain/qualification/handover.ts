import type { Team, UserPrincipal } from '../access/permissions.ts'
import type { Reference } from '../leads/lead.ts'
import { isOpenGroup } from '../leads/status-groups.ts'
import type { StatusGroup } from '../leads/status-groups.ts'
import type { Temperature } from '../leads/temperature.ts'

export const HANDOVER_STATES = ['offered', 'accepted', 'declined', 'expired', 'withdrawn'] as const
export type HandoverState = (typeof HANDOVER_STATES)[number]

/** A lead offered to a user, or to whoever of a team takes it first. */
export interface Handover {
  id: string
  leadId: string
  state: HandoverState
  /** Who had it, or who offered what waited in a queue; null: a machine or the system did. */
  fromUserId: string | null
  toUserId: string | null
  toTeam: Team | null
  message: string | null
  /** Why it was declined. */
  reason: string | null
  expiresAt: Date | null
  answeredAt: Date | null
  answeredBy: string | null
  version: number
  createdAt: Date
  updatedAt: Date
}

/** A handover with what people call those who take part, and the lead in short. */
export interface NamedHandover extends Handover {
  lead: {
    id: string
    name: string | null
    statusGroup: StatusGroup
    temperature: Temperature | null
  }
  fromUser: Reference | null
  toUser: Reference | null
  answeredByUser: Reference | null
}

/** Why a lead can't change hands, or null: it can. One that is held back is released first. */
export function obstacleToHandover(lead: {
  group: StatusGroup
  isQuarantined: boolean
}): 'quarantined' | 'closed' | null {
  if (lead.isQuarantined) return 'quarantined'
  return isOpenGroup(lead.group) ? null : 'closed'
}

/** Whether it is a user's to say yes or no: theirs alone, or any one's of the team. */
export function mayAnswer(
  { toUserId, toTeam }: Pick<Handover, 'toUserId' | 'toTeam'>,
  user: Pick<UserPrincipal, 'id' | 'team'>
): boolean {
  return toUserId === null ? toTeam !== null && toTeam === user.team : toUserId === user.id
}

/** Whether an offer can still be answered: a late answer is none, even before anybody noticed. */
export function isOpenOffer(
  { state, expiresAt }: Pick<Handover, 'state' | 'expiresAt'>,
  now: Date
): boolean {
  return state === 'offered' && (expiresAt === null || expiresAt > now)
}
