import { and, desc, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { decisions } from '../../database/schema.ts'

/** The consent that the answer to a lead was found to need when it was decided, or null: none. */
export async function findAnswerPurpose(tx: Transaction, leadId: string): Promise<string | null> {
  const [row] = await tx.orm
    .select({ considered: decisions.considered })
    .from(decisions)
    .where(
      and(
        eq(decisions.dealerId, tx.dealerId),
        eq(decisions.leadId, leadId),
        eq(decisions.step, 'answered')
      )
    )
    .orderBy(desc(decisions.id))
    .limit(1)
  const purpose = row?.considered.consentPurpose
  return typeof purpose === 'string' ? purpose : null
}
