import { and, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { promoters, users } from '../../database/schema.ts'
import type { ChosenModes } from '../../domain/notifications/kinds.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'
import type { PromoterState } from '../../domain/promoters/promoter.ts'
import { isRecord } from '../filters.ts'

/** A team member as mails need them. */
export interface MailedUser {
  id: string
  active: boolean
  /** Null: the dealer's. */
  locale: Locale | null
  notificationModes: ChosenModes
}

/** The team member with this address; null if there is none. */
export async function findMailedUser(tx: Transaction, address: string): Promise<MailedUser | null> {
  const [row] = await tx.orm
    .select({
      id: users.id,
      active: users.active,
      locale: users.locale,
      notificationModes: users.notificationModes
    })
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
