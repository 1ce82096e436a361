import type { Database } from '../../database/client.ts'
import { mayWithdraw } from '../../domain/clients/link-request.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Handover, NamedHandover } from '../../domain/qualification/handover.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { endHandover } from '../../repositories/qualification/offer-ends.ts'
import { write } from '../write.ts'
import { changeOffer } from './steps/change-offer.ts'
import type { OfferCommand } from './steps/change-offer.ts'
import { recordHandovers } from './steps/record-handovers.ts'

/** Withdraws an offer. Allowed for the user who made it and for callers who see all leads. */
export async function withdrawOffer(
  db: Database,
  command: OfferCommand
): Promise<NamedHandover | Refusal> {
  const { principal, now } = command
  const isAllowed = (offer: Handover) => mayWithdraw(offer, principal)
  return await write(db, command, (tx) =>
    changeOffer(tx, command, isAllowed, async ({ handover, lead }) => {
      const state = 'withdrawn'
      const endedBy = principal.kind === 'user' ? principal.id : null
      await endHandover(tx, handover.id, { state, endedBy, endedAt: now })
      const { clientId } = lead
      await recordHandovers(tx, [handover], { state, clientId, actor: actorOf(principal), now })
      return null
    })
  )
}
