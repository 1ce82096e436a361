import { and, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { suppressions } from '../../database/schema.ts'
import type { Suppression } from '../../domain/auto-responses/suppression.ts'
import { actorColumns, withActor } from '../actors.ts'
import { afterId, idOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { eqIfGiven, isRecord } from '../filters.ts'

export async function insertSuppression(tx: Transaction, suppression: Suppression): Promise<void> {
  await tx.orm.insert(suppressions).values(toRow(tx, suppression))
}

/** The same, unless the address is suppressed already; returns whether it was not. */
export async function addSuppression(tx: Transaction, suppression: Suppression): Promise<boolean> {
  const rows = await tx.orm
    .insert(suppressions)
    .values(toRow(tx, suppression))
    .onConflictDoNothing({ target: [suppressions.dealerId, suppressions.emailKey] })
    .returning({ id: suppressions.id })
  return rows.length > 0
}

/** One page of suppressed addresses, by id, which is by age; of one address, if one is named. */
export async function listSuppressions(
  tx: Transaction,
  { emailKey }: { emailKey: string | undefined },
  page: PageRequest
): Promise<Page<Suppression>> {
  const rows = await tx.orm
    .select()
    .from(suppressions)
    .where(
      and(
        eq(suppressions.dealerId, tx.dealerId),
        eqIfGiven(suppressions.emailKey, emailKey),
        afterId(suppressions.id, page)
      )
    )
    .orderBy(idOrder(suppressions.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(withActor), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

export async function findSuppression(tx: Transaction, id: string): Promise<Suppression | null> {
  const [row] = await tx.orm
    .select()
    .from(suppressions)
    .where(isRecord(tx, suppressions, id))
  return row ? withActor(row) : null
}

/** Whether an address, in comparison form, gets no automatic mail. */
export async function isSuppressed(tx: Transaction, emailKey: string): Promise<boolean> {
  const rows = await tx.orm
    .select({ id: suppressions.id })
    .from(suppressions)
    .where(and(eq(suppressions.dealerId, tx.dealerId), eq(suppressions.emailKey, emailKey)))
  return rows.length > 0
}

/** Whether there was one: true for one of two deletions at once. */
export async function deleteSuppression(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.orm
    .delete(suppressions)
    .where(isRecord(tx, suppressions, id))
    .returning({ id: suppressions.id })
  return rows.length > 0
}

function toRow(tx: Transaction, { actor, ...suppression }: Suppression) {
  return { dealerId: tx.dealerId, ...suppression, ...actorColumns(actor) }
}
