import { issueSecret } from '../../security/credentials.ts'
import type { Database } from '../../database/client.ts'
import { PUBLIC_ACTOR } from '../../domain/events/event.ts'
import { givenName } from '../../domain/promoters/invitation.ts'
import type { Promoter, ReferralLink } from '../../domain/promoters/promoter.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { updatePromoter } from '../../repositories/promoters/promoters.ts'
import {
  lockInvited,
  setInvitation,
  setPageHash
} from '../../repositories/promoters/promoter-secrets.ts'
import { giveOwnLink } from './give-own-link.ts'

/** What an accepted invitation gives: the secret of the promoter's page, and a link to hand out. */
export interface Accepted {
  pageSecret: string
  link: ReferralLink
}

/**
 * Makes an invited person a promoter, with a link and a page of their own. Answers null where the
 * secret is of no invitation, or of one that was accepted. Of two at once the second waits for the
 * first, and then finds the secret used.
 */
export async function acceptInvitation(
  db: Database,
  {
    dealerId,
    hash,
    words,
    now
  }: {
    dealerId: string
    hash: string
    words: Partial<Pick<Promoter, 'name' | 'phone' | 'locale'>>
    now: Date
  }
): Promise<Accepted | 'expired' | 'nameless' | null> {
  return await db.transaction(dealerId, async (tx) => {
    const invited = await lockInvited(tx, hash)
    if (!invited) return null
    if (invited.expiresAt <= now) return 'expired'
    if (words.name === undefined && givenName(invited) === null) return 'nameless'
    const { id } = invited
    const page = issueSecret('lp_', dealerId)
    await updatePromoter(tx, id, { ...words, state: 'active' }, now)
    await setInvitation(tx, id, null)
    await setPageHash(tx, id, page.hash)
    const link = await giveOwnLink(tx, id, now)
    await recordEvents(tx, PUBLIC_ACTOR, now, [
      {
        type: 'promoter.joined',
        subject: { type: 'promoter', id },
        data: { userId: invited.userId }
      },
      { type: 'referral_link.created', subject: { type: 'referral_link', id: link.id } }
    ])
    return { pageSecret: page.text, link }
  })
}
