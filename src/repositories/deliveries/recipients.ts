import { and, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { promoters, users } from '../../database/schema.ts'
import type { StaffMailPurpose } from '../../domain/deliveries/delivery.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'
import type { PromoterState } from '../../domain/promoters/promoter.ts'
import { isRecord } from '../filters.ts'

/** A team member to whom a mail is sent. */
export interface MailedUser {
  id: string
  active: boolean
  mutedPurposes: StaffMailPurpose[]
  /** Null: the dealer's. */
  locale: Locale | null
}

/** The team member with this address, with the mails they turned off; null if there is none. */
export async function findMailedUser(tx: Transaction, address: string): Promise<MailedUser | null> {
  const { id, active, mutedPurposes, locale } = users
  const [row] = await tx.orm
    .select({ id, active, mutedPurposes, locale })
    .from(users)
    .where(and(eq(users.dealerId, tx.dealerId), eq(users.email, address)))
  return row ?? null
}

/** Whether a promoter may still be written to, and in which language. */
export async function findMailedPromoter(
  tx: Transaction,
  id: string
): Promise<{ state: PromoterState; locale: Locale | null } | null> {
  const [row] = await tx.orm
    .select({ state: promoters.state, locale: promoters.locale })
    .from(promoters)
    .where(isRecord(tx, promoters, id))
  return row ?? null
}
