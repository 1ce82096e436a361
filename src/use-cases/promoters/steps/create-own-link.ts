import type { Transaction } from '../../../database/client.ts'
import type { ReferralLink } from '../../../domain/promoters/promoter.ts'
import { newId } from '../../../ids.ts'
import {
  claimRandomCode,
  insertReferralLink
} from '../../../repositories/promoters/referral-links.ts'

/** Adds a link for a promoter, with a random code. */
export async function createOwnLink(
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
