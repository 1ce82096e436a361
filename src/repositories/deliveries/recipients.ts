import type { Transaction } from '../../database/client.ts'
import { promoters } from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
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

const MAILED_USER = statement(
  'mailed-user',
  { address: 'text' },
  `select id, active, locale, notification_modes as "notificationModes" from users
   where dealer_id = :dealerId and email = :address`
).returning<MailedUser>()

/** Of each transaction, the team members that were asked for: one has many mails in a batch. */
const asked = new WeakMap<Transaction, Map<string, Promise<MailedUser | null>>>()

/** The team member with this address, asked for once in a transaction; null if there is none. */
export async function findMailedUser(tx: Transaction, address: string): Promise<MailedUser | null> {
  const known = asked.get(tx) ?? new Map<string, Promise<MailedUser | null>>()
  asked.set(tx, known)
  const user = known.get(address) ?? tx.run(MAILED_USER, { address }).then(([row]) => row ?? null)
  known.set(address, user)
  return await user
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
