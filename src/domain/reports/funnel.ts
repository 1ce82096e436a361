import {
  FUNNEL_STEPS,
  GROUPS,
  STATUS_GROUPS,
  groupsWhere,
  listGroups
} from '../leads/status-groups.ts'
import type { FunnelStep, StatusGroup } from '../leads/status-groups.ts'
import type { Spread } from './response-times.ts'
import { percentOf } from './team.ts'

const stepOf = (group: StatusGroup) => FUNNEL_STEPS.indexOf(GROUPS[group].funnelStep)

/** Groups that a lead of this step or a later one has been in. */
export function groupsFromStep(step: FunnelStep): readonly StatusGroup[] {
  return STATUS_GROUPS.filter((group) => stepOf(group) >= FUNNEL_STEPS.indexOf(step))
}

/** The same for a lead whose sale was cancelled: to have been sold means no more than worked on. */
export function groupsOfUnsold(step: FunnelStep): readonly StatusGroup[] {
  const groups = groupsFromStep(step)
  return step === 'received' || step === 'worked'
    ? groups
    : groups.filter((group) => group !== 'sold')
}

const groupsAt = (step: FunnelStep) => groupsWhere(({ funnelStep }) => funnelStep === step)

/** The description of each step in the API. */
export const STEP_MEANINGS: Record<FunnelStep, string> = {
  received: 'All leads.',
  worked: `Leads that have been in a group other than ${listGroups(groupsAt('received'), 'and')}.`,
  qualified: `Leads that have been ${listGroups(groupsAt('qualified'), 'or')}, or further.`,
  client: `Leads that have been ${listGroups(groupsAt('client'), 'or')}, or further.`,
  sold: `Leads that have been ${listGroups(groupsAt('sold'), 'or')}, and whose sale is not cancelled.`
}

/** The name of each step in tables and charts. */
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

/** How many leads have been in the same groups, in any order. */
interface LeadsByGroups {
  groups: readonly StatusGroup[]
  leads: number
  /** Their sales were cancelled: they count as worked on, unless they came further otherwise. */
  isCancelled: boolean
}

interface FunnelStepCount {
  step: FunnelStep
  /** Leads that got so far. */
  entered: number
  /** In percent; null: of none. */
  ofReceived: number | null
  ofStepBefore: number | null
}

/** How many leads got to each step. */
function countSteps(counted: readonly LeadsByGroups[]): FunnelStepCount[] {
  const reached = FUNNEL_STEPS.map((step) => {
    const from = groupsFromStep(step)
    const short = groupsOfUnsold(step)
    return sum(
      counted.filter(({ groups, isCancelled }) =>
        groups.some((group) => (isCancelled ? short : from).includes(group))
      )
    )
  })
  return FUNNEL_STEPS.map((step, index) => ({
    step,
    entered: reached[index] ?? 0,
    ofReceived: percentOf(reached[index] ?? 0, reached[0] ?? 0),
    ofStepBefore: index === 0 ? null : percentOf(reached[index] ?? 0, reached[index - 1] ?? 0)
  }))
}

/** How many leads have ever been in a group. */
function countEntered(counted: readonly LeadsByGroups[], group: StatusGroup): number {
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

/** The counts of the leads' moves; `entered` is of statuses, by their ids. */
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
