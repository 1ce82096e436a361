import type { Transaction } from '../../database/client.ts'
import type { ReferralLink } from '../../domain/promoters/promoter.ts'
import { newId } from '../../ids.ts'
import { claimRandomCode, insertReferralLink } from '../../repositories/promoters/referral-links.ts'

/** Gives a promoter a link of their own, under a code that nobody had. */
export async function giveOwnLink(
  tx: Transaction,
  promoterId: string,
  now: Date
): Promise<ReferralLink> {
  const link: ReferralLink = {
    id: newId(),
    code: await claimRandomCode(tx),
    label: null,
    userId: null,
    promoterId,
    targetUrl: null,
    active: true,
    visits: 0,
    lastVisitAt: null,
    version: 1,
    createdAt: now,
    updatedAt: now
  }
  await insertReferralLink(tx, link)
  return link
}
