import { deriveSecret } from '../../security/credentials.ts'
import type { Database } from '../../database/client.ts'
import { PUBLIC_ACTOR } from '../../domain/events/event.ts'
import { givenName } from '../../domain/promoters/invitation.ts'
import type { Promoter, ReferralLink } from '../../domain/promoters/promoter.ts'
import { invalid } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { updatePromoter } from '../../repositories/promoters/promoters.ts'
import {
  closeInvitation,
  lockInvited,
  setPageHash
} from '../../repositories/promoters/promoter-secrets.ts'
import { tellOfPromoterResponse } from '../notifications/steps/tell-of-promoters.ts'
import { write } from '../write.ts'
import { createOwnLink } from './steps/create-own-link.ts'
import { refuseSecret } from './steps/refuse-secret.ts'
import { enqueueWelcome } from './steps/enqueue-promoter-mail.ts'

/** The secret of the promoter’s page, and a link to hand out. */
interface Accepted {
  pageSecret: string
  link: ReferralLink
}

interface AcceptInvitation {
  dealerId: string
  hash: string
  details: Partial<Pick<Promoter, 'name' | 'phone' | 'locale'>>
  /** Makes the secret of the page, for this response and for the mail. */
  linkSecret: string
  mailDomain: string
  now: Date
}

/**
 * Makes an invited person an active promoter with a link and a page, and enqueues the mail with the
 * address of the page. The secret works once: of two requests at the same moment the second waits, and
 * then finds no invitation.
 */
export async function acceptInvitation(
  db: Database,
  { dealerId, hash, details, linkSecret, mailDomain, now }: AcceptInvitation
): Promise<Accepted | Refusal> {
  return await write(db, { principal: { dealerId } }, async (tx) => {
    const invited = await lockInvited(tx, hash)
    if (!invited) return await refuseSecret(tx, hash, 'invitation')
    if (invited.expiresAt <= now) return { refusal: 'gone', because: 'invitation-expired' }
    if (details.name === undefined && givenName(invited) === null) {
      return invalid('/name', 'name-required')
    }
    const { id } = invited
    const page = deriveSecret('lp_', dealerId, { key: linkSecret, words: hash })
    const promoter = await updatePromoter(tx, id, { ...details, state: 'active' }, now)
    await closeInvitation(tx, id)
    await setPageHash(tx, id, page.hash)
    const link = await createOwnLink(tx, id, now)
    await recordEvents(tx, PUBLIC_ACTOR, now, [
      {
        type: 'promoter.joined',
        subject: { type: 'promoter', id },
        data: { userId: invited.userId }
      },
      { type: 'referral_link.created', subject: { type: 'referral_link', id: link.id } }
    ])
    const context = { actor: PUBLIC_ACTOR, mailDomain, now }
    await tellOfPromoterResponse(tx, promoter, context)
    const { email } = promoter
    if (email !== null) {
      await enqueueWelcome(tx, { ...promoter, email }, context)
    }
    return { pageSecret: page.text, link }
  })
}
