import { and, eq, gt, isNull } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { deliveries, promoters, users } from '../../database/schema.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'
import type { Delivery } from '../../domain/deliveries/delivery.ts'
import type { PromoterState } from '../../domain/promoters/promoter.ts'
import { isRecord } from '../filters.ts'

/** A promoter as a mail to them needs it. */
export interface MailedPromoter {
  id: string
  name: string
  email: string | null
  phone: string | null
  locale: Locale | null
  state: PromoterState
  /** The team member under whom they are; null: the dealer itself. */
  userName: string | null
  userId: string | null
  invitationHash: string | null
  invitationExpiresAt: Date | null
  invitationMessage: string | null
  /** SHA-256 of the secret of their page. */
  portalHash: string | null
}

export async function findPromoterToMail(
  tx: Transaction,
  id: string
): Promise<MailedPromoter | null> {
  const { name, email, phone, locale, state, portalHash } = promoters
  const { invitationHash, invitationExpiresAt, invitationMessage } = promoters
  const [row] = await tx.orm
    .select({
      id: promoters.id,
      name,
      email,
      phone,
      locale,
      state,
      userName: users.name,
      userId: users.id,
      portalHash,
      invitationHash,
      invitationExpiresAt,
      invitationMessage
    })
    .from(promoters)
    .leftJoin(users, and(eq(users.dealerId, promoters.dealerId), eq(users.id, promoters.userId)))
    .where(isRecord(tx, promoters, id))
  return row ?? null
}

/** Whether a promoter was owed another mail of this purpose since. */
export async function hasNewerMail(
  tx: Transaction,
  { id, purpose, aboutId }: Pick<Delivery, 'id' | 'purpose'> & { aboutId: string }
): Promise<boolean> {
  const rows = await tx.orm
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.dealerId, tx.dealerId),
        isNull(deliveries.leadId),
        eq(deliveries.aboutId, aboutId),
        gt(deliveries.id, id),
        eq(deliveries.purpose, purpose)
      )
    )
    .limit(1)
  return rows.length > 0
}
