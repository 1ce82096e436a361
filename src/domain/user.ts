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

/** Where leads wait for somebody. */
export interface Queue {
  id: string
  name: string
  isDefault: boolean
  version: number
  createdAt: Date
  updatedAt: Date
}
