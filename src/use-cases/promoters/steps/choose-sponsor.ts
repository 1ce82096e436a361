import type { Transaction } from '../../../database/client.ts'
import { seesAll } from '../../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { forbidden, invalid } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { findUser } from '../../../repositories/access/users.ts'

/** The user who signs up a promoter; null for the dealer itself. Members sign up their own promoters. */
export async function chooseSponsor(
  tx: Transaction,
  principal: TenantPrincipal,
  wanted: string | null | undefined
): Promise<string | null | Refusal> {
  if (!seesAll(principal)) {
    const isOwn = wanted === undefined || wanted === principal.id
    return isOwn ? principal.id : forbidden('promoter-of-other-user')
  }
  if (wanted === undefined || wanted === null) return null
  const user = await findUser(tx, wanted)
  return user?.active === true ? user.id : invalid('/userId', 'inactive-user')
}
