import type { Database } from '../../database/client.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { countVisit } from '../../repositories/promoters/referral-links.ts'
import { write } from '../write.ts'

/** The noun of a 404 response. */
export const FOLLOWED = 'active referral link'

/** Counts a visit and returns the target of the link, or null: a page of ours. */
export async function followReferralLink(
  db: Database,
  { dealerId, code, now }: { dealerId: string; code: string; now: Date }
): Promise<{ target: string | null } | Refusal> {
  return await write(
    db,
    { principal: { dealerId } },
    async (tx) => (await countVisit(tx, code, now)) ?? notFound(FOLLOWED)
  )
}
