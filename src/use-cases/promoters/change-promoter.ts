import type { Transaction } from '../../database/client.ts'
import type { Actor } from '../../domain/events/event.ts'
import { givenName } from '../../domain/promoters/invitation.ts'
import { changeState } from '../../domain/promoters/promoter.ts'
import type { Promoter } from '../../domain/promoters/promoter.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { updatePromoter } from '../../repositories/promoters/promoters.ts'
import { setInvitation } from '../../repositories/promoters/promoter-secrets.ts'
import { oweWelcome } from './owe-promoter-mail.ts'

/** What somebody of the dealer changes of a promoter; members that were not sent stay out. */
export type PromoterChange = Partial<Pick<Promoter, 'name' | 'email' | 'phone' | 'locale'>> & {
  state?: 'active' | 'removed'
}

/**
 * Changes a locked promoter. Whoever is approved after signing up is welcomed; an invitation that
 * went to another address than theirs is good for nothing any more.
 */
export async function changePromoter(
  tx: Transaction,
  before: Promoter,
  change: PromoterChange,
  { actor, mailDomain, now }: { actor: Actor; mailDomain: string; now: Date }
): Promise<Promoter> {
  const { id } = before
  const { state, ...words } = change
  await recordEvents(tx, actor, now, [
    {
      type: 'promoter.updated',
      subject: { type: 'promoter', id },
      data: { fields: Object.keys(change), ...(state === undefined ? {} : { state }) }
    }
  ])
  const promoter = await updatePromoter(
    tx,
    id,
    {
      ...words,
      ...provisionalNameOf(before, words),
      ...(state === undefined ? {} : changeState(before, state, now))
    },
    now
  )
  const { email } = promoter
  if (email !== before.email) await setInvitation(tx, id, null)
  if (before.state === 'pending' && promoter.state === 'active' && email !== null) {
    await oweWelcome(tx, { ...promoter, email }, { actor, mailDomain, now })
  }
  return promoter
}

/** Until they have a name, they go by their address, also by a new one. */
function provisionalNameOf(before: Promoter, { name, email }: PromoterChange): { name?: string } {
  const isNameless = givenName(before) === null && name === undefined
  return isNameless && typeof email === 'string' ? { name: email } : {}
}
