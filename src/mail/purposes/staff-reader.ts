import type { Transaction } from '../../database/client.ts'
import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import type { MailDelivery } from '../../domain/deliveries/delivery.ts'
import { kindOf, modeOf } from '../../domain/notifications/kinds.ts'
import type { CancellationCode } from '../../domain/reasons/delivery-reasons.ts'
import { because } from '../../domain/reasons/reasons.ts'
import type { Reason } from '../../domain/reasons/reasons.ts'
import type { MailedUser } from '../../repositories/deliveries/recipients.ts'
import { leaveToDigest } from '../../repositories/notifications/notifications.ts'

/**
 * Why a team member gets no mail now, or null: the user is unknown, or nothing is against it. What the
 * user wants in the digest is left to that.
 */
export async function obstacleToMailing(
  tx: Transaction,
  user: MailedUser | null,
  { id, purpose }: Pick<MailDelivery, 'id' | 'purpose'>
): Promise<Reason<CancellationCode> | null> {
  if (user === null) return null
  if (!user.active) return because('user_inactive')
  const kind = kindOf(purpose)
  switch (kind === null ? 'now' : modeOf(user.notificationModes, kind)) {
    case 'now':
      return null
    case 'off':
      return because('user_muted_mails')
    case 'digest':
      await leaveToDigest(tx, id)
      return because('in_daily_digest')
  }
}

/** The language of a mail to a team member, or to a mailbox of the dealer. */
export function localeOfReader(user: MailedUser | null, dealer: Pick<Dealer, 'locale'>): Locale {
  return user?.locale ?? dealer.locale
}
