import type { Grant, Role, Team } from './permissions.ts'

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
  /** Nobody is given leads while absent. */
  absentFrom: Date | null
  absentUntil: Date | null
  version: number
  createdAt: Date
  updatedAt: Date
}

/** Whether an absence has a beginning, and ends after it. */
export function isAbsencePossible({
  absentFrom,
  absentUntil
}: Pick<User, 'absentFrom' | 'absentUntil'>): boolean {
  return absentUntil === null || (absentFrom !== null && absentFrom < absentUntil)
}

/** Where leads wait for somebody. */
export interface Queue {
  id: string
  name: string
  isDefault: boolean
  version: number
  createdAt: Date
  updatedAt: Date
}

/** Who belongs to a queue, and so sees the unassigned leads in it. */
export interface QueueMember {
  userId: string
  name: string
  role: Role
  active: boolean
  since: Date
}
