import { and, asc, eq } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { users } from '../../database/schema.ts'
import type { Team } from '../../domain/access/permissions.ts'
import type { MailedColleague } from '../../domain/qualification/handover-mail.ts'

/** The limit of mails about one offer to a team. */
const MAX_MEMBERS = 200

/** The active members of a team, by id. */
export async function findActiveMembers(tx: Transaction, team: Team): Promise<MailedColleague[]> {
  return await tx.orm
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(and(eq(users.dealerId, tx.dealerId), eq(users.team, team), eq(users.active, true)))
    .orderBy(asc(users.id))
    .limit(MAX_MEMBERS)
}

/** The active users among these ids. */
export async function findActiveColleagues(
  tx: Transaction,
  ids: readonly string[]
): Promise<MailedColleague[]> {
  if (ids.length === 0) return []
  return await tx.orm
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(
      and(eq(users.dealerId, tx.dealerId), inArray(users.id, [...ids]), eq(users.active, true))
    )
}
