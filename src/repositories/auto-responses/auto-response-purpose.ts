import { and, desc, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { decisions } from '../../database/schema.ts'

/** The consent that a lead's auto-response needed when it was decided, or null: none. */
export async function findAutoResponsePurpose(
  tx: Transaction,
  leadId: string
): Promise<string | null> {
  const [row] = await tx.orm
    .select({ facts: decisions.facts })
    .from(decisions)
    .where(
      and(
        eq(decisions.dealerId, tx.dealerId),
        eq(decisions.leadId, leadId),
        eq(decisions.step, 'auto_responded')
      )
    )
    .orderBy(desc(decisions.id))
    .limit(1)
  const purpose = row?.facts.consentPurpose
  return typeof purpose === 'string' ? purpose : null
}
