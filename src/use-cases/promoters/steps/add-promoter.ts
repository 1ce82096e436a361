import type { Transaction } from '../../../database/client.ts'
import { seesAll } from '../../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { actorOf } from '../../../domain/events/event.ts'
import type { Promoter } from '../../../domain/promoters/promoter.ts'
import { forbidden, invalid, isRefusal } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { newId } from '../../../ids.ts'
import { findUser } from '../../../repositories/access/users.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { insertPromoter } from '../../../repositories/promoters/promoters.ts'
import type { Command } from '../../command.ts'

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

/** The user who signs up a promoter; null for the dealer itself. Members sign up their own promoters. */
async function chooseSponsor(
  tx: Transaction,
  principal: TenantPrincipal,
  wanted: string | null | undefined
): Promise<string | null | Refusal> {
  if (!seesAll(principal)) {
    const isOwn = wanted === undefined || wanted === principal.id
    return isOwn ? principal.id : forbidden('promoter-of-other-user')
  }
  if (wanted === undefined || wanted === null) return null
  const user = await findUser(tx, wanted)
  return user?.active === true ? user.id : invalid('/userId', 'inactive-user')
}
