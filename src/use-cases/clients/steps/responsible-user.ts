import type { Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { invalid } from '../../../domain/refusals.ts'
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

export async function isActiveUser(tx: Transaction, id: string): Promise<boolean> {
  return (await findUser(tx, id))?.active === true
}
