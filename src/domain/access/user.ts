import type { WorkingHours } from '../clock/working-hours.ts'
import type { Locale } from '../dealers/dealer.ts'
import type { Grant, Role, Team } from './permissions.ts'

/** A period in which the system assigns no leads to the user. Times are RFC 3339 in UTC. */
export interface Absence {
  from: string
  /** Null: no end. */
  until: string | null
}

/** A team member of a dealer. */
export interface User {
  id: string
  email: string
  name: string
  phone: string | null
  role: Role
  team: Team | null
  grants: Grant[]
  active: boolean
  absences: Absence[]
  /** Null: the dealer's. */
  workingHours: WorkingHours | null
  /** How many leads rules give them on one day of the dealer's, or null: any number. */
  capacityPerDay: number | null
  /** The language in which the service writes to them. Null: the dealer's. */
  locale: Locale | null
  /** Those they speak with customers. BCP 47. */
  languages: string[]
  version: number
  createdAt: Date
  updatedAt: Date
}

/** Whether each absence ends after it begins; returns the position of the first that does not. */
export function findReversedAbsence(absences: readonly Absence[]): number | null {
  const index = absences.findIndex(
    ({ from, until }) => until !== null && Date.parse(until) <= Date.parse(from)
  )
  return index < 0 ? null : index
}

/** Whether a user with these absences is away at a moment. An absence ends just before `until`. */
export function isAbsent(absences: readonly Absence[], at: Date): boolean {
  const time = at.getTime()
  return absences.some(
    ({ from, until }) => Date.parse(from) <= time && (until === null || time < Date.parse(until))
  )
}

/** The name of a new dealer's queue. */
export const DEFAULT_QUEUE_NAME = 'Default'

/** A queue of unassigned leads. */
export interface Queue {
  id: string
  name: string
  isDefault: boolean
  /** Null: the dealer's. */
  workingHours: WorkingHours | null
  version: number
  createdAt: Date
  updatedAt: Date
}

/** A member of a queue, who sees its unassigned leads. */
export interface QueueMember {
  userId: string
  name: string
  role: Role
  active: boolean
  since: Date
}

/** A team of the fixed three, under the name that this dealer gives it. */
export interface NamedTeam {
  key: Team
  name: string
  version: number
  createdAt: Date
  updatedAt: Date
}

export const DEFAULT_TEAM_NAMES: Record<Team, string> = {
  call_center: 'Call center',
  online_sales: 'Online sales',
  store_sales: 'Store sales'
}
