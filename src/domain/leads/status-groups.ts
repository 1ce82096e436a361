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

/** The steps to a sale. A lead that reached a step counts for every step before it too. */
export const FUNNEL_STEPS = ['received', 'worked', 'qualified', 'client', 'sold'] as const
export type FunnelStep = (typeof FUNNEL_STEPS)[number]

/** A lead's progress as its promoter may see it: nothing of the person. */
export const LEAD_PROGRESSES = ['received', 'in_progress', 'sold', 'closed'] as const
export type LeadProgress = (typeof LEAD_PROGRESSES)[number]

interface GroupFacts {
  /** As the API tells it. */
  meaning: string
  /** Its leads still need work. */
  isOpen: boolean
  /** The system itself moves leads into it: each dealer keeps at least one status of it. */
  isSystem: boolean
  /** Its leads count as their assignee's load. */
  isBusy: boolean
  /** Its leads have a client: it is entered by linking and converting. */
  isConnected: boolean
  /** It is a stage of work and no more: nothing depends on entering it. */
  isStage: boolean
  /** Members see its leads only by the grant `conversions.view`, or as part of a client they see. */
  isProtected: boolean
  /** A move into it must say why. */
  needsReason: boolean
  /** How far a lead in it has come. */
  funnelStep: FunnelStep
  promoterSees: LeadProgress
}

const STAGE: Omit<GroupFacts, 'meaning'> = {
  isOpen: true,
  isSystem: false,
  isBusy: true,
  isConnected: false,
  isStage: true,
  isProtected: false,
  needsReason: false,
  funnelStep: 'worked',
  promoterSees: 'in_progress'
}

const CONNECTED: Omit<GroupFacts, 'meaning'> = {
  ...STAGE,
  isSystem: true,
  isBusy: false,
  isConnected: true,
  isStage: false,
  funnelStep: 'client'
}

const CLOSED: Omit<GroupFacts, 'meaning'> = {
  ...STAGE,
  isOpen: false,
  isBusy: false,
  isStage: false,
  funnelStep: 'received',
  promoterSees: 'closed'
}

/** Everything that depends on a status's group. */
export const GROUPS: Readonly<Record<StatusGroup, GroupFacts>> = {
  new: {
    ...STAGE,
    meaning: 'Not worked on yet.',
    isSystem: true,
    funnelStep: 'received',
    promoterSees: 'received'
  },
  working: { ...STAGE, meaning: 'A user is in contact with the person, or is trying.' },
  nurturing: { ...STAGE, meaning: 'Not ready yet, but worth keeping in contact.' },
  qualified: { ...STAGE, meaning: 'Worth selling to.', funnelStep: 'qualified' },
  unqualified: {
    ...STAGE,
    meaning: 'Not worth selling to for now.',
    isBusy: false,
    promoterSees: 'closed'
  },
  linked: { ...CONNECTED, meaning: 'Verified to be an existing client.' },
  converted: { ...CONNECTED, meaning: 'Became a new client.', isProtected: true },
  sold: { ...CLOSED, meaning: 'The person bought.', funnelStep: 'sold', promoterSees: 'sold' },
  lost: { ...CLOSED, meaning: 'The person will not buy here.', needsReason: true },
  deleted: {
    ...CLOSED,
    meaning: 'Hidden from lists. Never removed; can be restored.',
    isSystem: true,
    needsReason: true
  }
}

/** The groups of which something holds, in their order. */
export function groupsWhere(holds: (facts: GroupFacts) => boolean): readonly StatusGroup[] {
  return STATUS_GROUPS.filter((group) => holds(GROUPS[group]))
}

export const OPEN_GROUPS = groupsWhere(({ isOpen }) => isOpen)
export const PROTECTED_GROUPS = groupsWhere(({ isProtected }) => isProtected)
export const BUSY_GROUPS = groupsWhere(({ isBusy }) => isBusy)

/** Groups whose leads wait for a response, and in a queue: open ones, until they are converted. */
export const AWAITED_GROUPS: readonly StatusGroup[] = OPEN_GROUPS.filter(
  (group) => group !== 'converted'
)

/** Whether a lead of this group still needs work. */
export function isOpenGroup(group: StatusGroup): boolean {
  return GROUPS[group].isOpen
}

/** Whether a lead of this group waits for a response. */
export function isAwaitedGroup(group: StatusGroup): boolean {
  return AWAITED_GROUPS.includes(group)
}

/** Groups in a sentence of the documentation: `new`, `linked` or `converted`. */
export function listGroups(groups: readonly StatusGroup[], before: 'or' | 'and'): string {
  const [last, ...others] = groups.map((group) => `\`${group}\``).toReversed()
  return [others.toReversed().join(', '), last].filter(Boolean).join(` ${before} `)
}
