import type { Database } from '../../database/client.ts'
import type { User } from '../../domain/access/user.ts'
import { unauthenticated } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findPasswordHash, findUser } from '../../repositories/access/users.ts'
import { versionRefusal } from '../command.ts'
import { write } from '../write.ts'
import { applyUserChange } from './steps/apply-user-change.ts'
import type { UserChangeCommand } from './steps/apply-user-change.ts'

interface ChangeSelf extends UserChangeCommand {
  /** The hash that the current password was checked against, where the password changes. */
  provenHash: string | null
}

/** Changes the caller's own account; with a new password only where no other request changed it since. */
export async function changeSelf(db: Database, command: ChangeSelf): Promise<User | Refusal> {
  const { principal, passwordHash, provenHash } = command
  return await write(db, command, async (tx) => {
    const user = await findUser(tx, principal.id, 'update')
    if (!user) return unauthenticated('caller-gone')
    if (passwordHash !== undefined && (await findPasswordHash(tx, user.id)) !== provenHash) {
      return { refusal: 'password-changed' }
    }
    return versionRefusal(command, user.version) ?? (await applyUserChange(tx, user, command))
  })
}
