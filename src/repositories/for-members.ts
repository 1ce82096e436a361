import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { seesAll } from '../domain/access/permissions.ts'
import type { TenantPrincipal, UserPrincipal } from '../domain/access/permissions.ts'

/** A condition that binds only members. A key that may not read sees nothing. */
export function forMembers(
  principal: TenantPrincipal,
  condition: (user: UserPrincipal) => SQL | undefined
): SQL | undefined {
  if (seesAll(principal)) return undefined
  return principal.kind === 'key' ? sql`false` : condition(principal)
}
