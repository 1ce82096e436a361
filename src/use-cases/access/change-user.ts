import type { Database, Transaction } from '../../database/client.ts'
import type { Actor } from '../../domain/events/event.ts'
import { mayChangeUser } from '../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { findReversedAbsence } from '../../domain/access/user.ts'
import type { User } from '../../domain/access/user.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { revokeTokensOfUser } from '../../repositories/access/refresh-tokens.ts'
import {
  findPasswordHash,
  hasOtherActiveOwner,
  lockUser,
  updateUser
} from '../../repositories/access/users.ts'
import type { UserChange } from '../../repositories/access/users.ts'

/** A change of a user, with all that decides whether it may be made. */
export interface ChangeOfUser {
  principal: TenantPrincipal
  actor: Actor
  userId: string
  change: UserChange
  /** The new password's hash, where it changes. */
  passwordHash?: string | undefined
  /** Names of the members that were changed, for history. */
  fields: readonly string[]
  /** Throws where the change is based on another version. */
  checkVersion: (version: number) => void
  now: Date
}

export type UserRefusal = 'forbidden' | 'last-owner' | 'absence-reversed' | 'password-changed'

/**
 * Changes a user as somebody who may: owners change everybody, admins change members, and nobody gives
 * a role they may not change. Answers the user as they are now, or null where there is none.
 */
export async function changeUser(
  db: Database,
  change: ChangeOfUser
): Promise<User | UserRefusal | null> {
  const { principal, userId } = change
  // Two owners who deactivate each other at the same moment would leave none: they take turns.
  return await db.transaction(
    principal.dealerId,
    async (tx) => {
      const user = await lockUser(tx, userId)
      if (!user) return null
      const { role = user.role } = change.change
      if (!mayChangeUser(principal, user.role) || !mayChangeUser(principal, role)) {
        return 'forbidden'
      }
      return await applyChange(tx, user, change)
    },
    ['active owners']
  )
}

/**
 * Changes the caller's own account. Where the password changes, `provenHash` is the hash the old one
 * was checked against: if it is another by now, somebody else changed it in between.
 */
export async function changeSelf(
  db: Database,
  change: ChangeOfUser & { provenHash: string | null }
): Promise<User | UserRefusal | null> {
  const { principal, userId, provenHash } = change
  return await db.transaction(principal.dealerId, async (tx) => {
    const user = await lockUser(tx, userId)
    if (!user) return null
    if (change.passwordHash !== undefined && (await findPasswordHash(tx, userId)) !== provenHash) {
      return 'password-changed'
    }
    return await applyChange(tx, user, change)
  })
}

async function applyChange(
  tx: Transaction,
  user: User,
  { change, passwordHash, actor, fields, checkVersion, now }: ChangeOfUser
): Promise<User | UserRefusal> {
  checkVersion(user.version)
  const wanted = { ...user, ...change }
  if (findReversedAbsence(wanted.absences) !== null) return 'absence-reversed'
  const wasOwner = user.role === 'owner' && user.active
  const staysOwner = wanted.role === 'owner' && wanted.active
  if (wasOwner && !staysOwner && !(await hasOtherActiveOwner(tx, user.id))) return 'last-owner'
  if (!wanted.active || passwordHash !== undefined) await revokeTokensOfUser(tx, user.id, now)
  await recordEvents(tx, actor, now, [
    { type: 'user.updated', subject: { type: 'user', id: user.id }, data: { fields: [...fields] } }
  ])
  return await updateUser(
    tx,
    user.id,
    { ...change, ...(passwordHash === undefined ? {} : { passwordHash }) },
    now
  )
}
