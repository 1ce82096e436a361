export const STATUS_GROUPS = [
  'new',
  'working',
  'nurturing',
  'qualified',
  'unqualified',
  'linked',
  'converted',
  'sold',
  'lost',
  'deleted'
] as const
export type StatusGroup = (typeof STATUS_GROUPS)[number]

/** Groups that the system itself moves leads into: each dealer keeps at least one status of them. */
export const SYSTEM_GROUPS: readonly StatusGroup[] = ['new', 'linked', 'converted', 'deleted']

const CLOSED_GROUPS: readonly StatusGroup[] = ['sold', 'lost', 'deleted']

/** A dealer's own name for a stage. What it means hangs on `group`, never on `name`. */
export interface Status {
  id: string
  name: string
  group: StatusGroup
  color: string | null
  position: number
  version: number
  createdAt: Date
  updatedAt: Date
}

/** Whether a lead of this group still wants somebody's work. */
export function isOpenGroup(group: StatusGroup): boolean {
  return !CLOSED_GROUPS.includes(group)
}

/** Whether a move into this group must say why. */
export function needsReason(group: StatusGroup): boolean {
  return group === 'lost' || group === 'deleted'
}

/** Groups of leads that have a client: entered by linking and converting. */
const CONNECTED_GROUPS: readonly StatusGroup[] = ['linked', 'converted']

/** Groups that mean no more than a stage of work: nothing hangs on entering them. */
const STAGE_GROUPS: readonly StatusGroup[] = [
  'new',
  'working',
  'nurturing',
  'qualified',
  'unqualified'
]

/** Why a lead can't move to a status. */
export type MoveObstacle =
  'quarantined' | 'needs-unlink' | 'needs-link' | 'needs-conversion' | 'reason-required'

/**
 * What stands against moving a lead to a status, or null: nothing does.
 *
 * A lead gets its client by linking or converting, so those groups are closed to leads without one,
 * and a lead with one is `new` again only by unlinking. Between, it goes on as it likes, and may
 * return. A quarantined lead is released or deleted before anybody works on it.
 */
export function obstacleToMove(
  lead: { group: StatusGroup; hasClient: boolean; isQuarantined: boolean },
  { to, reason }: { to: StatusGroup; reason: string | null }
): MoveObstacle | null {
  const isConnected = CONNECTED_GROUPS.includes(lead.group)
  if (lead.isQuarantined && to !== 'deleted' && to !== 'new') return 'quarantined'
  if (to === 'new' && (lead.hasClient || isConnected)) return 'needs-unlink'
  if (CONNECTED_GROUPS.includes(to) && to !== lead.group && (!lead.hasClient || isConnected)) {
    return to === 'linked' ? 'needs-link' : 'needs-conversion'
  }
  return needsReason(to) && reason === null ? 'reason-required' : null
}

/**
 * Whether a status that leads have may change its group. Entering the other groups asks for a
 * client, a reason or a sale, which these leads' people gave none of; leaving `linked` and
 * `converted` would leave clients behind.
 */
export function mayRegroupWithLeads(from: StatusGroup, to: StatusGroup): boolean {
  return !CONNECTED_GROUPS.includes(from) && STAGE_GROUPS.includes(to)
}

/** How long a lead stood in a status, in whole seconds; clocks that disagree make it no less than 0. */
export function stoodSeconds(since: Date, until: Date): number {
  return Math.max(0, Math.floor((until.getTime() - since.getTime()) / 1000))
}

/** What each group means, as the API tells it. */
export const STATUS_GROUP_MEANINGS: Record<StatusGroup, string> = {
  new: 'Nobody has worked on it yet.',
  working: 'Somebody is in touch with the person, or trying.',
  nurturing: 'Not now, but worth keeping warm.',
  qualified: 'Worth selling to.',
  unqualified: 'Not worth selling to, for now.',
  linked: 'Verified to be an existing client.',
  converted: 'Became a new client.',
  sold: 'Bought.',
  lost: 'Will not buy here.',
  deleted: 'Hidden from lists; never removed, and can be restored.'
}
