import { and, eq, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { importRows, imports, leads, payloads } from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { nameOfCell } from '../../domain/imports/surplus-cells.ts'
import { visibleLeads } from '../visibility.ts'
import { isRecord } from '../filters.ts'

/** What a sender gave, or why it is not shown: it tells of leads that the caller does not see, or it is not kept any more. */
export type SeenPayload = { contentType: string; body: string } | 'hidden' | 'gone'

/** What the sender gave, as given. A document of several prospects tells each about the others. */
export async function findLeadPayload(
  tx: Transaction,
  principal: TenantPrincipal,
  leadId: string
): Promise<SeenPayload> {
  const [row] = await tx.orm
    .select({
      payloadId: leads.payloadId,
      receivedAt: leads.receivedAt,
      importId: leads.importId,
      importRow: leads.importRow,
      contentType: payloads.contentType,
      body: payloads.body
    })
    .from(leads)
    .leftJoin(
      payloads,
      and(eq(payloads.dealerId, leads.dealerId), eq(payloads.id, leads.payloadId))
    )
    .where(isRecord(tx, leads, leadId))
  if (!row) return 'gone'
  if (row.importId !== null && row.importRow !== null) {
    return await findImportedRow(tx, row.importId, row.importRow)
  }
  const { contentType, body } = row
  if (contentType === null || body === null) return 'gone'
  const visible = visibleLeads(principal)
  if (visible && (await hasOtherLeads(tx, row, visible))) return 'hidden'
  return { contentType, body }
}

/**
 * What the sender gave when the lead came again, by the id of its event. Hidden where the caller sees some leads
 * only, and a document may tell of others.
 */
export async function findResentPayload(
  tx: Transaction,
  principal: TenantPrincipal,
  payloadId: string
): Promise<SeenPayload> {
  const [row] = await tx.orm
    .select({ contentType: payloads.contentType, body: payloads.body })
    .from(payloads)
    .where(isRecord(tx, payloads, payloadId))
  if (!row) return 'gone'
  return row.contentType.includes('xml') && visibleLeads(principal) ? 'hidden' : row
}

/** Stores what a sender gave, as given. */
export async function insertPayload(
  tx: Transaction,
  { id, contentType, body }: { id: string; contentType: string; body: string },
  now: Date
): Promise<void> {
  await tx.orm
    .insert(payloads)
    .values({ dealerId: tx.dealerId, id, contentType, body, createdAt: now })
}

/** The row of a file that a lead was made from, each cell under its column; no other row is in it. */
async function findImportedRow(
  tx: Transaction,
  importId: string,
  number: number
): Promise<SeenPayload> {
  const [row] = await tx.orm
    .select({ columns: imports.columns, cells: importRows.cells })
    .from(importRows)
    .innerJoin(
      imports,
      and(eq(imports.dealerId, importRows.dealerId), eq(imports.id, importRows.importId))
    )
    .where(
      and(
        eq(importRows.dealerId, tx.dealerId),
        eq(importRows.importId, importId),
        eq(importRows.number, number)
      )
    )
  if (!row) return 'gone'
  const count = Math.max(row.columns.length, row.cells.length)
  const cells = Array.from({ length: count }, (_, place) => [
    row.columns[place]?.name ?? nameOfCell(place + 1),
    row.cells[place] ?? null
  ])
  return { contentType: 'application/json', body: JSON.stringify(Object.fromEntries(cells)) }
}

/** Leads of one payload have one time of receipt, and by that there is an index. */
async function hasOtherLeads(
  tx: Transaction,
  { payloadId, receivedAt }: { payloadId: string; receivedAt: Date },
  visible: SQL
): Promise<boolean> {
  const rows = await tx.orm
    .select({ id: leads.id })
    .from(leads)
    .where(
      and(
        eq(leads.dealerId, tx.dealerId),
        eq(leads.receivedAt, receivedAt),
        eq(leads.payloadId, payloadId),
        // An unassigned lead makes the condition null, which is no yes.
        sql`(${visible}) is not true`
      )
    )
    .limit(1)
  return rows.length > 0
}
