import { and, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { statuses } from '../../database/schema.ts'
import type { Reference } from '../../domain/leads/lead.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import { eqIfGiven, isRecord } from '../filters.ts'

/** A status as leads have it; held until the transaction ends, so that no lead enters a deleted one. */
export type HeldStatus = Reference & { group: StatusGroup }

/** The dealer's first status of a group, or the named one; null when that is of another group. */
export async function findStatusOfGroup(
  tx: Transaction,
  group: StatusGroup,
  id: string | null
): Promise<HeldStatus | null> {
  const [row] = await selectOfGroup(tx, group, id)
  return row ?? null
}

/** The same status, held until the transaction ends. */
export async function holdStatusOfGroup(
  tx: Transaction,
  group: StatusGroup,
  id: string | null
): Promise<HeldStatus | null> {
  const [row] = await selectOfGroup(tx, group, id).for('key share')
  return row ?? null
}

function selectOfGroup(tx: Transaction, group: StatusGroup, id: string | null) {
  return tx.orm
    .select({ id: statuses.id, name: statuses.name, group: statuses.group })
    .from(statuses)
    .where(
      and(eq(statuses.dealerId, tx.dealerId), eq(statuses.group, group), eqIfGiven(statuses.id, id))
    )
    .orderBy(statuses.position, statuses.id)
    .limit(1)
    .$dynamic()
}

/** The status, or null: it has been deleted since. */
export async function holdStatus(tx: Transaction, id: string): Promise<HeldStatus | null> {
  const [row] = await tx.orm
    .select({ id: statuses.id, name: statuses.name, group: statuses.group })
    .from(statuses)
    .where(isRecord(tx, statuses, id))
    .for('key share')
  return row ?? null
}
