import type { Transaction } from '../../../database/client.ts'
import { seesAll } from '../../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { problems } from '../../../http/problems.ts'
import { findUser } from '../../../repositories/access/users.ts'
import { unknownUser } from '../access/user-refusals.ts'

/** Under whom a promoter is signed up: of a member, under themselves. */
export async function chooseSponsor(
  tx: Transaction,
  principal: TenantPrincipal,
  wanted: string | null | undefined
): Promise<string | null> {
  if (!seesAll(principal)) {
    if (wanted !== undefined && wanted !== principal.id) {
      throw problems.forbidden('Members sign up promoters of their own.')
    }
    return principal.id
  }
  if (wanted === undefined || wanted === null) return null
  const user = await findUser(tx, wanted)
  if (user?.active !== true) throw unknownUser('/userId')
  return user.id
}
