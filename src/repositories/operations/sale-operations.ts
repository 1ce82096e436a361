import { and, eq, sql } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { operations, sales } from '../../database/schema.ts'
import type {
  LeadAssignment,
  Made,
  SaleOperation,
  WonOpportunity
} from '../../domain/operations/operation.ts'
import type { Sale } from '../../domain/sales/sale.ts'
import { isRecord } from '../filters.ts'

/** Sales of a lead can be undone after other changes of it: what their operations record follows. */

/** The operations of a locked lead that stand. */
function standing(tx: Transaction, leadId: string) {
  return and(
    eq(operations.dealerId, tx.dealerId),
    eq(operations.leadId, leadId),
    eq(operations.state, 'done')
  )
}

/** The sales got another client or an opportunity, which are no changes of theirs. */
export async function renewSaleVersions(
  tx: Transaction,
  leadId: string,
  changed: readonly Made[]
): Promise<void> {
  for (const { id, version } of changed) {
    await tx.orm
      .update(operations)
      .set({
        recorded: sql`jsonb_set(${operations.recorded}, '{sale,version}', to_jsonb(${version}::int))`
      })
      .where(
        and(
          standing(tx, leadId),
          eq(operations.kind, 'sale'),
          sql`${operations.recorded} #>> '{sale,id}' = ${id}`,
          sql`${operations.recorded} #>> '{sale,version}' = ${String(version - 1)}`
        )
      )
  }
}

/** Where the lead of a sale waited before its seller took it up, for the undo of the sale. */
export async function recordWaited(
  tx: Transaction,
  { leadId, operationId }: Pick<Sale, 'leadId' | 'operationId'>,
  waited: LeadAssignment
): Promise<void> {
  await tx.orm
    .update(operations)
    .set({
      recorded: sql`jsonb_set(${operations.recorded}, '{waited}', ${JSON.stringify(waited)}::jsonb)`
    })
    .where(and(isRecord(tx, operations, operationId), eq(operations.leadId, leadId)))
}

/** A sold lead got another client, and stays sold. */
export async function keepSaleOfLead(
  tx: Transaction,
  leadId: string,
  { from, to }: { from: number; to: number }
): Promise<void> {
  await tx.orm
    .update(operations)
    .set({
      recorded: sql`jsonb_set(jsonb_set(${operations.recorded}, '{lead,versionAfter}',
        to_jsonb(${to}::int)), '{lead,hasNewClient}', 'true')`
    })
    .where(
      and(
        standing(tx, leadId),
        eq(operations.kind, 'sale'),
        sql`${operations.recorded} #>> '{lead,versionAfter}' = ${String(from)}`
      )
    )
}

/**
 * A lead that got its client while it was sold is no more: the undo of what gave it that client puts it to
 * where it stood before the sale, or with an earlier client.
 */
export async function leaveSold(
  tx: Transaction,
  leadId: string,
  statusIds: { sold: string; before: string; withClient: string }
): Promise<void> {
  const { sold, before, withClient } = statusIds
  await tx.orm
    .update(operations)
    .set({
      recorded: sql`jsonb_set(${operations.recorded}, '{lead,before,statusId}', to_jsonb(
        case when ${operations.recorded} #>> '{lead,before,clientId}' is null then ${before}::text
        else ${withClient}::text end))`
    })
    .where(
      and(
        standing(tx, leadId),
        inArray(operations.kind, ['link', 'conversion', 'move', 'unlink']),
        sql`${operations.recorded} #>> '{lead,before,statusId}' = ${sold}`
      )
    )
}

type Recorded = SaleOperation['recorded']

/** What the operation of a sale recorded, or null. */
export async function findRecordedSale(tx: Transaction, saleId: string): Promise<Recorded | null> {
  const [row] = await tx.orm
    .select({ recorded: operations.recorded })
    .from(operations)
    .innerJoin(
      sales,
      and(eq(sales.dealerId, operations.dealerId), eq(sales.operationId, operations.id))
    )
    .where(isRecord(tx, sales, saleId))
  return row ? (row.recorded as Recorded) : null
}

/** The opportunity that a sale won, or null: it won none. */
export async function findWonOpportunity(
  tx: Transaction,
  { operationId }: Pick<Sale, 'operationId'>
): Promise<WonOpportunity | null> {
  const [row] = await tx.orm
    .select({ recorded: operations.recorded })
    .from(operations)
    .where(isRecord(tx, operations, operationId))
  return row ? ((row.recorded as Recorded).opportunity ?? null) : null
}

/** A cancelled sale counts again: its undo returns the locked lead to where it stood in between. */
export async function renewSaleOperation(
  tx: Transaction,
  { operationId, version }: Pick<Sale, 'operationId' | 'version'>,
  lead: Recorded['lead']
): Promise<void> {
  await tx.orm
    .update(operations)
    .set({
      recorded: sql`jsonb_set(jsonb_set(${operations.recorded}, '{lead}',
        ${JSON.stringify(lead)}::jsonb), '{sale,version}', to_jsonb(${version}::int))`
    })
    .where(isRecord(tx, operations, operationId))
}
