import { Type } from '@fastify/type-provider-typebox'

import type { Database } from '../../../database/client.ts'
import { isReferralCode } from '../../../domain/promoters/promoter.ts'
import { problems } from '../../../http/problems.ts'
import { findActiveLink } from '../../../repositories/promoters/referral-links.ts'
import { closed, requiredText } from '../../../schemas/shared.ts'

export const CodeParams = Type.Object(
  { code: requiredText(40, 'The code of the referral link.') },
  closed
)

/** The active link of a code; 404 where there is none. */
export async function findLink(
  db: Database,
  code: string
): Promise<{ dealerId: string; linkId: string }> {
  const dealerId = isReferralCode(code) ? await db.findDealerIdByReferralCode(code) : null
  const link = dealerId && (await db.read(dealerId, (tx) => findActiveLink(tx, code)))
  if (dealerId === null || !link) throw problems.notFound('active referral link')
  return { dealerId, linkId: link.id }
}
