import type { Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { forbidden, invalid } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { findUser } from '../../../repositories/access/users.ts'

/** The responsible user of a new record. A member sees only its own records, so it is the default. */
export function chooseResponsible(
  principal: TenantPrincipal,
  named: string | null | undefined
): string | null {
  if (named !== undefined) return named
  return principal.kind === 'user' && principal.role === 'member' ? principal.id : null
}

/** Refuses a responsible user who does not exist or is not active. */
export async function refuseResponsible(
  tx: Transaction,
  userId: string | null | undefined
): Promise<Refusal | null> {
  if (typeof userId !== 'string' || (await isActiveUser(tx, userId))) return null
  return invalid('/responsibleUserId', 'inactive-user')
}

/**
 * Refuses a member who gives a record of a colleague to another user. `had` are the users whose it is:
 * its responsible user, and that of the client that it belongs to.
 */
export function refuseHandover(
  principal: TenantPrincipal,
  to: string | null | undefined,
  had: readonly [string | null, ...(string | null)[]]
): Refusal | null {
  if (to === undefined || to === had[0] || had[0] === null) return null
  const isMember = principal.kind === 'user' && principal.role === 'member'
  return !isMember || had.includes(principal.id) ? null : forbidden('responsible-of-other-user')
}

export async function isActiveUser(tx: Transaction, id: string): Promise<boolean> {
  return (await findUser(tx, id))?.active === true
}
