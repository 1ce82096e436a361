import type { Transaction } from '../../../database/client.ts'
import { findReversedAbsence } from '../../../domain/access/user.ts'
import type { User } from '../../../domain/access/user.ts'
import { actorOf } from '../../../domain/events/event.ts'
import { invalid } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { revokeTokensOfUser } from '../../../repositories/access/refresh-tokens.ts'
import { hasOtherActiveOwner, updateUser } from '../../../repositories/access/users.ts'
import type { UserChange } from '../../../repositories/access/users.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import type { ChangeCommand } from '../../command.ts'
import { withdrawRequestsTo } from '../../clients/steps/end-link-requests.ts'
import { tellOfOpenWork } from '../../notifications/steps/tell-of-open-work.ts'
import { withdrawOffersTo } from '../../qualification/steps/withdraw-offers.ts'

export interface UserChangeCommand extends ChangeCommand {
  change: UserChange
  /** The hash of the new password, where it changes. */
  passwordHash?: string | undefined
  /** The names of the changed fields, for history. */
  fields: readonly string[]
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/**
 * Changes a locked user. The last active owner stays one; a new password ends all sessions. The offers and
 * requests that wait for a user who is deactivated end, and owners and admins are told of their other work.
 */
export async function applyUserChange(
  tx: Transaction,
  user: User,
  command: UserChangeCommand & {
    /** Locked leads that wait for a response of the user; default: none. */
    awaitingIds?: readonly string[]
  }
): Promise<User | Refusal> {
  const { principal, now, mailDomain, change, passwordHash, fields } = command
  const wanted = { ...user, ...change }
  if (findReversedAbsence(wanted.absences) !== null) return invalid('/absences', 'reversed-absence')
  const wasOwner = user.role === 'owner' && user.active
  const staysOwner = wanted.role === 'owner' && wanted.active
  if (wasOwner && !staysOwner && !(await hasOtherActiveOwner(tx, user.id))) {
    return { refusal: 'last-owner' }
  }
  if (!wanted.active || passwordHash !== undefined) await revokeTokensOfUser(tx, user.id, now)
  await recordEvents(tx, actorOf(principal), now, [
    { type: 'user.updated', subject: { type: 'user', id: user.id }, data: { fields } }
  ])
  if (user.active && !wanted.active) {
    const to = { userId: user.id, leadIds: command.awaitingIds ?? [] }
    await withdrawOffersTo(tx, to, { actor: actorOf(principal), now, mailDomain })
    await withdrawRequestsTo(tx, to, { actor: actorOf(principal), now, mailDomain })
    await tellOfOpenWork(tx, user, { now, mailDomain })
  }
  const password = passwordHash === undefined ? {} : { passwordHash }
  return await updateUser(tx, user.id, { ...change, ...password }, now)
}
