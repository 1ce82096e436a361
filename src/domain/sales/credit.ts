import type { Sale } from './sale.ts'

/** For what a user is credited with a sale: they sold, or they brought the person. */
export const CREDIT_ROLES = ['seller', 'referral'] as const
type CreditRole = (typeof CREDIT_ROLES)[number]

/** A user's part of a sale. */
export interface SaleCredit {
  userId: string
  role: CreditRole
  percent: number
}

/**
 * Who is credited with a sale: the user who had the lead, and the user who brought it by a referral
 * link, also if others had it later. All of it goes to one where there is no other, or where both are one.
 */
export function creditsOf({
  userId,
  referralUserId,
  referralPercent
}: Pick<Sale, 'userId' | 'referralUserId' | 'referralPercent'>): SaleCredit[] {
  if (referralUserId === null || referralUserId === userId) {
    return userId === null ? [] : [{ userId, role: 'seller', percent: 100 }]
  }
  if (userId === null) return [{ userId: referralUserId, role: 'referral', percent: 100 }]
  const percent = referralPercent ?? 0
  return [
    { userId, role: 'seller', percent: 100 - percent },
    { userId: referralUserId, role: 'referral', percent }
  ]
}
