import { and, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { unsubscribeLinks } from '../../database/schema.ts'

/** A secret address by which one recipient ends our mails. */
export interface UnsubscribeLink {
  tokenHash: string
  deliveryId: string
  leadId: string
  /** The recipient's address in comparison form. */
  emailKey: string
  /** The consent that the mail needed, or null: none. */
  purpose: string | null
  /** The language of the mail. */
  language: string
  createdAt: Date
}

export async function insertUnsubscribeLink(tx: Transaction, link: UnsubscribeLink): Promise<void> {
  await tx.orm.insert(unsubscribeLinks).values({ dealerId: tx.dealerId, ...link })
}

export async function findUnsubscribeLink(
  tx: Transaction,
  tokenHash: string
): Promise<UnsubscribeLink | null> {
  const [row] = await tx.orm
    .select()
    .from(unsubscribeLinks)
    .where(
      and(eq(unsubscribeLinks.dealerId, tx.dealerId), eq(unsubscribeLinks.tokenHash, tokenHash))
    )
  if (!row) return null
  const { dealerId: _, ...link } = row
  return link
}
