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
