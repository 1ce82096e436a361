import type { Transaction } from '../../../database/client.ts'
import { actorOf } from '../../../domain/events/event.ts'
import type { Promoter } from '../../../domain/promoters/promoter.ts'
import { isRefusal } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { newId } from '../../../ids.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { insertPromoter } from '../../../repositories/promoters/promoters.ts'
import type { Command } from '../../command.ts'
import { chooseSponsor } from './choose-sponsor.ts'

export type PromoterDetails = Pick<Promoter, 'name' | 'email' | 'phone' | 'locale' | 'state'> & {
  userId?: string | null
  invitationMessage?: string | null
}

/** Adds a promoter under the chosen user, with an event. */
export async function addPromoter(
  tx: Transaction,
  { principal, now }: Command,
  { userId: wantedUserId, invitationMessage = null, ...details }: PromoterDetails
): Promise<Promoter | Refusal> {
  const userId = await chooseSponsor(tx, principal, wantedUserId)
  if (isRefusal(userId)) return userId
  const promoter: Promoter = {
    id: newId(),
    ...details,
    userId,
    removedAt: null,
    version: 1,
    createdAt: now,
    updatedAt: now
  }
  await insertPromoter(tx, { ...promoter, invitationMessage })
  await recordEvents(tx, actorOf(principal), now, [
    {
      type: 'promoter.created',
      subject: { type: 'promoter', id: promoter.id },
      data: { state: promoter.state, userId }
    }
  ])
  return promoter
}
