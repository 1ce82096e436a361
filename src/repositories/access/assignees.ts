import { and, eq } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { users } from '../../database/schema.ts'
import type { Reference } from '../../domain/leads/lead.ts'
import { isRecord } from '../filters.ts'

/** The user who is to get a lead, locked against deactivation until the transaction ends. */
export async function lockAssignee(
  tx: Transaction,
  id: string
): Promise<(Reference & { email: string; active: boolean }) | null> {
  const [row] = await tx.orm
    .select({ id: users.id, name: users.name, email: users.email, active: users.active })
    .from(users)
    .where(isRecord(tx, users, id))
    .for('share')
  return row ?? null
}

/** Which of these users are active, locked against deactivation until the transaction ends. */
export async function lockActiveAssignees(
  tx: Transaction,
  ids: readonly string[]
): Promise<Set<string>> {
  const rows = await tx.orm
    .select({ id: users.id })
    .from(users)
    .where(
      and(eq(users.dealerId, tx.dealerId), inArray(users.id, [...ids]), eq(users.active, true))
    )
    .orderBy(users.id)
    .for('share')
  return new Set(rows.map(({ id }) => id))
}
