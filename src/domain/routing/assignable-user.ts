import { isAbsent } from '../access/user.ts'
import type { Absence } from '../access/user.ts'
import type { WorkingHours } from '../clock/working-hours.ts'
import type { Reference } from '../leads/lead.ts'

/** A user as routing sees one. */
export interface AssignableUser extends Reference {
  email: string
  active: boolean
  absences: Absence[]
  /** Null: the dealer's. */
  workingHours: WorkingHours | null
  /** How many leads rules give them on one day, or null: any number. */
  capacityPerDay: number | null
  languages: string[]
}

/** Why a user can't be given leads at all at a moment, or null: they can. */
export function obstacleOf(
  { active, absences }: Pick<AssignableUser, 'active' | 'absences'>,
  at: Date
): 'user_inactive' | 'user_absent' | null {
  if (!active) return 'user_inactive'
  return isAbsent(absences, at) ? 'user_absent' : null
}
