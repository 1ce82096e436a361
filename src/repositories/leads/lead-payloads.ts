import { and, eq, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { leads, payloads } from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { visibleLeads } from '../visibility.ts'

/**
 * What the sender gave, as given; or null where it also made leads that the caller does not see,
 * because a document of several prospects tells each about the others.
 */
export async function findLeadPayload(
  tx: Transaction,
  principal: TenantPrincipal,
  leadId: string
): Promise<{ contentType: string; body: string } | null> {
  const [row] = await tx.orm
    .select({
      payloadId: leads.payloadId,
      receivedAt: leads.receivedAt,
      contentType: payloads.contentType,
      body: payloads.body
    })
    .from(leads)
    .innerJoin(
      payloads,
      and(eq(payloads.dealerId, leads.dealerId), eq(payloads.id, leads.payloadId))
    )
    .where(and(eq(leads.dealerId, tx.dealerId), eq(leads.id, leadId)))
  if (!row) return null
  const visible = visibleLeads(principal)
  if (visible && (await hasOtherLeads(tx, row, visible))) return null
  return { contentType: row.contentType, body: row.body }
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
