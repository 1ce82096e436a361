import type { Database } from '../../database/client.ts'
import { mayChangeUser } from '../../domain/access/permissions.ts'
import type { User } from '../../domain/access/user.ts'
import { forbidden, notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findUser } from '../../repositories/access/users.ts'
import { lockLeadsAwaitingUser } from '../../repositories/qualification/offer-ends.ts'
import { versionRefusal } from '../command.ts'
import { write } from '../write.ts'
import { applyUserChange } from './steps/apply-user-change.ts'
import type { UserChangeCommand } from './steps/apply-user-change.ts'

export interface ChangeUser extends UserChangeCommand {
  userId: string
}

/**
 * Changes another user: owners change all users, admins change members, and a new role must be one that
 * the caller may change too.
 */
export async function changeUser(db: Database, command: ChangeUser): Promise<User | Refusal> {
  const { principal, userId, change } = command
  // Two owners who deactivate each other at the same moment would leave none: they take turns.
  const locks = ['active owners']
  return await write(
    db,
    command,
    async (tx) => {
      // Leads before the user, as offers and assignments lock them.
      const awaitingIds = change.active === false ? await lockLeadsAwaitingUser(tx, userId) : []
      const user = await findUser(tx, userId, 'update')
      if (!user) return notFound('user')
      const { role = user.role } = change
      if (!mayChangeUser(principal, user.role) || !mayChangeUser(principal, role)) {
        return forbidden('role-out-of-reach')
      }
      return (
        versionRefusal(command, user.version) ??
        (await applyUserChange(tx, user, { ...command, awaitingIds }))
      )
    },
    locks
  )
}
