import type { Team } from '../access/permissions.ts'

export const HANDOVER_STATES = ['offered', 'accepted', 'declined', 'expired', 'withdrawn'] as const
export type HandoverState = (typeof HANDOVER_STATES)[number]

/** A lead offered to a user, or to whoever of a team takes it first. */
export interface Handover {
  id: string
  leadId: string
  state: HandoverState
  /** Who had it; null: it waited in a queue. */
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
