import type { Database } from '../../database/client.ts'
import { PUBLIC_ACTOR } from '../../domain/events/event.ts'
import type { Promoter } from '../../domain/promoters/promoter.ts'
import { newId } from '../../ids.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { insertUnknownPromoter } from '../../repositories/promoters/promoters.ts'
import { findActiveLink } from '../../repositories/promoters/referral-links.ts'
import { giveOwnLink } from './give-own-link.ts'

/**
 * Takes in a person who signs up as a promoter through somebody's link: pending, under the link's
 * user, with a link of their own. Whom the dealer knows already stays as they are. Answers null where
 * there is no such link, and nothing else: a stranger must not learn who is known.
 */
export async function signUpPromoter(
  db: Database,
  {
    dealerId,
    code,
    person,
    now
  }: {
    dealerId: string
    code: string
    person: Pick<Promoter, 'name' | 'email' | 'phone' | 'locale'>
    now: Date
  }
): Promise<'received' | null> {
  return await db.transaction(dealerId, async (tx) => {
    const through = await findActiveLink(tx, code)
    if (!through) return null
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
    const link = await giveOwnLink(tx, promoter.id, now)
    await recordEvents(tx, PUBLIC_ACTOR, now, [
      {
        type: 'promoter.created',
        subject: { type: 'promoter', id: promoter.id },
        data: { state: 'pending', throughLinkId: through.id }
      },
      { type: 'referral_link.created', subject: { type: 'referral_link', id: link.id } }
    ])
    return 'received'
  })
}
