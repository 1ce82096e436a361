import { PROMOTER_MAIL_PURPOSES } from '../deliveries/delivery.ts'
import type { Delivery, DeliveryPurpose } from '../deliveries/delivery.ts'

/** Mails to persons outside the dealer; and the mail that tells of a failed one, which tells of none itself. */
const UNTOLD: readonly DeliveryPurpose[] = [
  'auto_response',
  'promoter_mail',
  'failed_mail',
  ...PROMOTER_MAIL_PURPOSES
]

/** Whether owners and admins are told that a mail failed for good: one to a user, or to the dealer's own addresses. */
export function isToldWhenFailed({ purpose }: Pick<Delivery, 'purpose'>): boolean {
  return !UNTOLD.includes(purpose)
}
