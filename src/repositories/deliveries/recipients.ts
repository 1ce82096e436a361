import { and, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { promoters, users } from '../../database/schema.ts'
import type { StaffMailPurpose } from '../../domain/deliveries/delivery.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'
import type { PromoterState } from '../../domain/promoters/promoter.ts'
import { isRecord } from '../filters.ts'

/** The team member with this address, with the mails they turned off; null if there is none. */
export async function findMailedUser(
  tx: Transaction,
  address: string
): Promise<{ id: string; active: boolean; mutedPurposes: StaffMailPurpose[] } | null> {
  const [row] = await tx.orm
    .select({ id: users.id, active: users.active, mutedPurposes: users.mutedPurposes })
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
