import { GROUPS } from './status-groups.ts'
import type { StatusGroup } from './status-groups.ts'

/** A dealer's own name for a stage. What it means hangs on `group`, never on `name`. */
export interface NamedStatus<Group extends string> {
  id: string
  name: string
  group: Group
  color: string | null
  position: number
  version: number
  createdAt: Date
  updatedAt: Date
}

export type Status = NamedStatus<StatusGroup>

/** Why a lead can't move to a status. */
export type MoveObstacle =
  'quarantined' | 'needs-unlink' | 'needs-link' | 'needs-conversion' | 'reason-required'

/**
 * What stands against moving a lead to a status, or null: nothing does.
 *
 * A lead gets its client by linking or converting, so those groups are closed to leads without one,
 * and a lead with one is `new` again only by unlinking. Between, it goes on as it likes, and may
 * return. A quarantined lead is released or deleted before users work on it.
 */
export function obstacleToMove(
  lead: { group: StatusGroup; hasClient: boolean; isQuarantined: boolean },
  { to, reason }: { to: StatusGroup; reason: string | null }
): MoveObstacle | null {
  const { isConnected } = GROUPS[lead.group]
  if (lead.isQuarantined && to !== 'deleted' && to !== 'new') return 'quarantined'
  if (to === 'new' && (lead.hasClient || isConnected)) return 'needs-unlink'
  if (GROUPS[to].isConnected && to !== lead.group && (!lead.hasClient || isConnected)) {
    return to === 'linked' ? 'needs-link' : 'needs-conversion'
  }
  return GROUPS[to].needsReason && reason === null ? 'reason-required' : null
}

/**
 * Whether a status that leads have may change its group. Entering the other groups asks for a
 * client, a reason or a sale, which these leads' people gave none of; leaving `linked`, `converted`
 * and `sold` would leave clients and sales behind.
 */
export function mayRegroupWithLeads(from: StatusGroup, to: StatusGroup): boolean {
  return !GROUPS[from].isConnected && from !== 'sold' && GROUPS[to].isStage
}

/** How long a lead stood in a status, in whole seconds; clocks that disagree make it no less than 0. */
export function stoodSeconds(since: Date, until: Date): number {
  return Math.max(0, Math.floor((until.getTime() - since.getTime()) / 1000))
}
