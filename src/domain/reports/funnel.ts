import { STATUS_GROUPS } from '../leads/status.ts'
import type { StatusGroup } from '../leads/status.ts'
import type { Spread } from './response-times.ts'
import { percentOf } from './team.ts'

/** The way to a sale. Whoever got to a step has passed the ones before, in whatever order. */
export const FUNNEL_STEPS = ['received', 'worked', 'qualified', 'client', 'sold'] as const
export type FunnelStep = (typeof FUNNEL_STEPS)[number]

/** Groups that a lead of this step or a later one has been in. */
export const GROUPS_FROM_STEP: Record<FunnelStep, readonly StatusGroup[]> = {
  received: STATUS_GROUPS,
  worked: ['working', 'nurturing', 'qualified', 'unqualified', 'linked', 'converted', 'sold'],
  qualified: ['qualified', 'linked', 'converted', 'sold'],
  client: ['linked', 'converted', 'sold'],
  sold: ['sold']
}

/** What each step counts, as the API tells it. */
export const STEP_MEANINGS: Record<FunnelStep, string> = {
  received: 'All of them.',
  worked: 'Somebody worked on it: it has been in any group but `new`, `lost` and `deleted`.',
  qualified: 'It has been `qualified`, or further.',
  client: 'It has been `linked` or `converted`, or further.',
  sold: 'It has been `sold`.'
}

/** What each step is called in tables and charts. */
export const STEP_LABELS: Record<FunnelStep, string> = {
  received: 'Received',
  worked: 'Worked on',
  qualified: 'Qualified',
  client: 'Client',
  sold: 'Sold'
}

/** By what a table or chart of the funnel goes. */
export const FUNNEL_LEVELS = ['step', 'group', 'status'] as const
export type FunnelLevel = (typeof FUNNEL_LEVELS)[number]

/** How many leads have been in the same groups, whatever the order. */
export interface LeadsByGroups {
  groups: readonly StatusGroup[]
  leads: number
}

export interface FunnelStepCount {
  step: FunnelStep
  /** Leads that got so far. */
  entered: number
  /** In percent; null: of none. */
  ofReceived: number | null
  ofStepBefore: number | null
}

/** How many leads got to each step. */
export function countSteps(counted: readonly LeadsByGroups[]): FunnelStepCount[] {
  const reached = FUNNEL_STEPS.map((step) => {
    const from = GROUPS_FROM_STEP[step]
    return sum(counted.filter(({ groups }) => groups.some((group) => from.includes(group))))
  })
  return FUNNEL_STEPS.map((step, index) => ({
    step,
    entered: reached[index] ?? 0,
    ofReceived: percentOf(reached[index] ?? 0, reached[0] ?? 0),
    ofStepBefore: index === 0 ? null : percentOf(reached[index] ?? 0, reached[index - 1] ?? 0)
  }))
}

/** How many leads have ever been in a group. */
export function countEntered(counted: readonly LeadsByGroups[], group: StatusGroup): number {
  return sum(counted.filter(({ groups }) => groups.includes(group)))
}

function sum(counted: readonly LeadsByGroups[]): number {
  return counted.reduce((total, { leads }) => total + leads, 0)
}

/** Stays in a status, or in a group: how many, and how long they took in seconds. */
export interface Stays extends Spread {
  count: number
}

export const NO_STAYS: Stays = { count: 0, mean: null, median: null, p90: null }

/** A status that leads have been in. */
export interface PassedStatus {
  id: string
  name: string
  group: StatusGroup
  isDeleted: boolean
}

/** How many leads have been in a place, and how long they stood there. */
export interface FunnelPlaceRow {
  entered: number
  /** In percent; null: of none. */
  ofReceived: number | null
  /** Leads that are there now. */
  standing: number
  /** Stays that are over, and those that last: until now. */
  ended: Stays
  lasting: Stays
}

export interface FunnelReport {
  steps: FunnelStepCount[]
  groups: (FunnelPlaceRow & { group: StatusGroup })[]
  statuses: (FunnelPlaceRow & { status: PassedStatus })[]
}

/** Stays of one kind in a status or a group, as they were found. */
export interface FoundStays {
  of: 'status' | 'group'
  /** A status's id, or a group. */
  key: string
  lasts: boolean
  stays: Stays
}

/** What was found of the leads' ways; `entered` is of statuses, by their ids. */
export interface FoundFunnel {
  counted: readonly LeadsByGroups[]
  stays: readonly FoundStays[]
  entered: ReadonlyMap<string, number>
}

/** The report: each step and group, and the statuses that leads have been in. */
export function funnelReport(found: FoundFunnel, statuses: readonly PassedStatus[]): FunnelReport {
  const { counted, stays, entered } = found
  const received = sum(counted)
  const placeOf = (of: FoundStays['of'], key: string, count: number): FunnelPlaceRow => {
    const staysThat = (lasts: boolean) =>
      stays.find((row) => row.of === of && row.key === key && row.lasts === lasts)?.stays ??
      NO_STAYS
    const lasting = staysThat(true)
    const ofReceived = percentOf(count, received)
    return { entered: count, ofReceived, standing: lasting.count, ended: staysThat(false), lasting }
  }
  return {
    steps: countSteps(counted),
    groups: STATUS_GROUPS.map((group) => ({
      group,
      ...placeOf('group', group, countEntered(counted, group))
    })),
    statuses: statuses.map((status) => ({
      status,
      ...placeOf('status', status.id, entered.get(status.id) ?? 0)
    }))
  }
}
