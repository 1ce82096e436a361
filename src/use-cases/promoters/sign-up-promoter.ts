import type { Database } from '../../database/client.ts'
import { PUBLIC_ACTOR } from '../../domain/events/event.ts'
import type { Promoter } from '../../domain/promoters/promoter.ts'
import { newId } from '../../ids.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { insertUnknownPromoter } from '../../repositories/promoters/promoters.ts'
import { findActiveLink } from '../../repositories/promoters/referral-links.ts'
import { tellOfPendingPromoter } from '../notifications/steps/tell-of-promoters.ts'
import { write } from '../write.ts'
import { createOwnLink } from './steps/create-own-link.ts'

interface SignUpPromoter {
  dealerId: string
  code: string
  person: Pick<Promoter, 'name' | 'email' | 'phone' | 'locale'>
  /** Domain of our Message-IDs. */
  mailDomain: string
  now: Date
}

/**
 * Adds a pending promoter under the user of a link, with an own link, and tells those who can approve. A promoter with the same e-mail
 * address stays unchanged, and the result is the same: it must not reveal who is known.
 */
export async function signUpPromoter(
  db: Database,
  { dealerId, code, person, mailDomain, now }: SignUpPromoter
): Promise<'received' | Refusal> {
  return await write(db, { principal: { dealerId } }, async (tx) => {
    const through = await findActiveLink(tx, code)
    if (!through) return notFound('active referral link')
    const promoter: Promoter = {
      id: newId(),
      ...person,
      userId: through.userId,
      state: 'pending',
      removedAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now
    }
    if (!(await insertUnknownPromoter(tx, promoter))) return 'received'
    const link = await createOwnLink(tx, promoter.id, now)
    await recordEvents(tx, PUBLIC_ACTOR, now, [
      {
        type: 'promoter.created',
        subject: { type: 'promoter', id: promoter.id },
        data: { state: 'pending', throughLinkId: through.id }
      },
      { type: 'referral_link.created', subject: { type: 'referral_link', id: link.id } }
    ])
    await tellOfPendingPromoter(tx, promoter, { mailDomain, now })
    return 'received'
  })
}
