import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { NamedHandover } from '../../domain/qualification/handover.ts'
import { isRefusal, notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { lockLead } from '../../repositories/leads/leads.ts'
import { findHandoverById } from '../../repositories/qualification/handovers.ts'
import { expected } from '../command.ts'
import type { ChangeCommand, CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { makeOffer } from './steps/make-offer.ts'
import type { OfferTarget } from './steps/make-offer.ts'

interface OfferLead extends CreateCommand<NamedHandover>, ChangeCommand {
  leadId: string
  target: OfferTarget
  message: string | null
  /** Working minutes until the offer expires; null: the dealer's setting. */
  minutes: number | null
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/** Offers a lead to a user or a team on behalf of its assignee, else of the caller. */
export async function offerLead(
  db: Database,
  command: OfferLead
): Promise<Created<NamedHandover> | Refusal> {
  const { principal, now, leadId, target, message, minutes, mailDomain } = command
  return await createOnce(db, command, async (tx) => {
    const lead = expected(command, await lockLead(tx, principal, leadId), 'lead')
    if (isRefusal(lead)) return lead
    const made = await makeOffer(tx, {
      ...target,
      lead,
      from: lead.assignee?.id ?? (principal.kind === 'user' ? principal.id : null),
      message,
      minutes,
      actor: actorOf(principal),
      now,
      mailDomain
    })
    if (isRefusal(made)) return made
    return (await findHandoverById(tx, made.id)) ?? notFound('handover')
  })
}
