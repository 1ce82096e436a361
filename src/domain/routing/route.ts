import type { Team } from '../access/permissions.ts'
import { isWorkingTime } from '../clock/working-time.ts'
import type { WorkingHours } from '../clock/working-hours.ts'
import type { Reference } from '../leads/lead.ts'
import type { PassedOverCode } from '../reasons/decision-reasons.ts'
import { fits } from '../rules/criteria.ts'
import type { LeadFacts } from '../rules/lead-fields.ts'
import { obstacleOf } from './assignable-user.ts'
import type { AssignableUser } from './assignable-user.ts'
import type { AssignmentEntry, AssignmentTarget, RoutingOccasion } from './assignment-rules.ts'
import { takeTurn } from './turns.ts'
import type { TurnState, TurnTaken } from './turns.ts'

export interface TeamUser extends AssignableUser {
  team: Team | null
}

export interface RoutingQueue extends Reference {
  isDefault: boolean
  /** Null: the dealer's. */
  workingHours: WorkingHours | null
}

/** The rules that hold, and everything they may name. */
export interface RoutingBasis {
  rules: { id: string; number: number; entries: AssignmentEntry[] } | null
  /** Active members of teams, and users whom rules name. */
  users: readonly TeamUser[]
  /** The default one, and those rules name. */
  queues: readonly RoutingQueue[]
  /** IANA name. */
  timeZone: string
  /** The dealer's: of users who have none of their own. */
  workingHours: WorkingHours | null
}

export interface RoutingFacts extends RoutingBasis {
  on: RoutingOccasion
  lead: LeadFacts
  at: Date
  /** The current assignee, who is passed over; null for an unassigned lead. */
  holderId: string | null
}

/** The turn that must be read under a lock before an entry can be decided. */
export interface TurnQuestion {
  entryId: string
  /** Whether the entry has turns; a limited user alone has only a day to be counted. */
  hasTurns: boolean
  userIds: string[]
  /** Those of them whose day is limited. */
  limitedIds: string[]
  countsOpen: boolean
}

export interface PassedOver {
  userId: string
  code: PassedOverCode
}

/** Users passed over, each once: the first reason counts. */
export function eachOnce(passedOver: readonly PassedOver[]): PassedOver[] {
  const reversed = passedOver.toReversed().map((one) => [one.userId, one] as const)
  const first = new Map(reversed)
  return passedOver.filter((one) => first.get(one.userId) === one)
}

/** Where rules put a lead, or why they put it nowhere. */
export interface Route {
  entry: AssignmentEntry | null
  user: TeamUser | null
  queue: RoutingQueue | null
  turn: TurnTaken | null
  passedOver: PassedOver[]
  /** The first entry that fits, though none of its users could take the lead. */
  missed: { entry: AssignmentEntry; hasUsers: boolean } | null
}

/**
 * Asks the entries in order: the first that fits, and whose target can take the lead, decides. Where an
 * entry can't be decided without knowing whose turn it is, answers what to ask first; with the answer
 * in `turns`, by the entry's id, it is called again.
 */
export function routeLead(
  facts: RoutingFacts,
  turns: ReadonlyMap<string, TurnState>
): { ask: TurnQuestion } | { route: Route } {
  const passedOver: PassedOver[] = []
  let missed: Route['missed'] = null
  for (const entry of facts.rules?.entries ?? []) {
    if (entry.on !== facts.on || !fits(entry.criteria, facts.lead)) continue
    const verdict = tryEntry(entry, facts, turns.get(entry.id))
    if ('ask' in verdict) return verdict
    passedOver.push(...verdict.passedOver)
    if (verdict.user ?? verdict.queue) return { route: { ...verdict, entry, passedOver, missed } }
    missed ??= { entry, hasUsers: verdict.passedOver.length > 0 }
  }
  return { route: { entry: null, user: null, queue: null, turn: null, passedOver, missed } }
}

type Verdict = { ask: TurnQuestion } | Omit<Route, 'entry' | 'missed'>

function tryEntry(
  entry: AssignmentEntry,
  facts: RoutingFacts,
  turn: TurnState | undefined
): Verdict {
  const { target } = entry
  if (target.type === 'queue') {
    const queue = facts.queues.find(({ id }) => id === target.queueId) ?? null
    return { user: null, queue, turn: null, passedOver: [] }
  }
  const asked = facts.users.filter((user) =>
    target.type === 'user'
      ? user.id === target.userId
      : // Who left is no member of the team: decisions would name all of them for ever.
        user.team === target.team && user.active
  )
  const { able, passedOver } = sift(asked, (user) => obstacleTo(user, target, facts))
  const question = questionOf(entry, able)
  if (question && !turn) return { ask: question }
  const { able: free, passedOver: full } = sift(able, (user) =>
    isFull(user, turn) ? 'user_full' : null
  )
  return { queue: null, ...choose(entry, free, turn), passedOver: [...passedOver, ...full] }
}

function obstacleTo(
  user: TeamUser,
  target: Exclude<AssignmentTarget, { type: 'queue' }>,
  { at, holderId, timeZone, workingHours, lead }: RoutingFacts
): PassedOverCode | null {
  if (user.id === holderId) return 'user_has_lead'
  const obstacle = obstacleOf(user, at)
  if (obstacle !== null || target.type === 'user') return obstacle
  if (target.onShiftOnly && !isWorkingTime(user.workingHours ?? workingHours, timeZone, at)) {
    return 'user_off_shift'
  }
  return target.matchLanguage && !speaks(user, lead.content.contact.language)
    ? 'user_language'
    : null
}

/** Regions don't matter: who speaks German is understood in Austria. */
function speaks({ languages }: TeamUser, language: string | null): boolean {
  if (language === null) return true
  const [primary] = language.toLowerCase().split('-')
  return languages.some((spoken) => spoken.toLowerCase().split('-')[0] === primary)
}

function sift(
  users: readonly TeamUser[],
  obstacle: (user: TeamUser) => PassedOverCode | null
): { able: TeamUser[]; passedOver: PassedOver[] } {
  const able: TeamUser[] = []
  const passedOver: PassedOver[] = []
  for (const user of users) {
    const code = obstacle(user)
    if (code === null) able.push(user)
    else passedOver.push({ userId: user.id, code })
  }
  return { able, passedOver }
}

/**
 * What an entry must know before it can be decided; null for nothing: it takes no turns or has no
 * users.
 */
function questionOf(
  { id, target }: AssignmentEntry,
  able: readonly TeamUser[]
): TurnQuestion | null {
  const limitedIds = able.filter(({ capacityPerDay }) => capacityPerDay !== null).map(idOf)
  const hasTurns = target.type === 'team'
  if (able.length === 0 || (!hasTurns && limitedIds.length === 0)) return null
  return {
    entryId: id,
    hasTurns,
    userIds: able.map(idOf),
    // In one order for everybody, so that no two who hold them wait for each other.
    limitedIds: limitedIds.toSorted(),
    countsOpen: target.type === 'team' && target.by === 'least_busy'
  }
}

function idOf({ id }: TeamUser): string {
  return id
}

function isFull({ id, capacityPerDay }: TeamUser, turn: TurnState | undefined): boolean {
  return capacityPerDay !== null && (turn?.today[id] ?? 0) >= capacityPerDay
}

function choose(
  { id: entryId, target }: AssignmentEntry,
  free: readonly TeamUser[],
  turn: TurnState | undefined
): { user: TeamUser | null; turn: TurnTaken | null } {
  const nothing = { user: null, turn: null }
  if (free.length === 0) return nothing
  if (target.type !== 'team' || !turn) return { user: free[0] ?? null, turn: null }
  const weights = new Map(target.weights.map(({ userId, weight }) => [userId, weight]))
  const taken = takeTurn(target.by, turn, free.map(idOf), (userId) => weights.get(userId) ?? 1)
  if (!taken) return nothing
  return {
    user: free.find((user) => user.id === taken.userId) ?? null,
    turn: { entryId, lastUserId: taken.userId, credits: taken.credits }
  }
}
