import type { Transaction } from '../../../database/client.ts'
import { forbidden, isRefusal, notFound } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { isOpenOffer } from '../../../domain/qualification/handover.ts'
import type { Handover, NamedHandover } from '../../../domain/qualification/handover.ts'
import { lockLeadAssignments } from '../../../repositories/leads/lead-assignments.ts'
import type { LeadWithAssignment } from '../../../repositories/leads/lead-assignments.ts'
import { findHandover, findHandoverById } from '../../../repositories/qualification/handovers.ts'
import { expected } from '../../command.ts'
import type { ChangeCommand } from '../../command.ts'

export interface OfferCommand extends ChangeCommand {
  handoverId: string
}

/** An open offer and its lead, which is locked: every change of an offer locks the lead first. */
export interface LockedOffer {
  handover: Handover
  lead: LeadWithAssignment
}

/** Changes an open offer and returns it. Locks its lead. */
export async function changeOffer(
  tx: Transaction,
  command: OfferCommand,
  mayChange: (handover: Handover) => boolean,
  change: (offer: LockedOffer) => Promise<Refusal | null>
): Promise<NamedHandover | Refusal> {
  const { principal, handoverId, now } = command
  const seen = await findHandover(tx, principal, handoverId)
  if (!seen) return notFound('handover')
  if (!mayChange(seen)) return forbidden('offer-of-others')
  const [lead] = await lockLeadAssignments(tx, null, [seen.leadId])
  if (!lead) throw new Error('the lead of a handover is gone')
  const handover = expected(command, await findHandoverById(tx, handoverId), 'handover')
  if (isRefusal(handover)) return handover
  if (!isOpenOffer(handover, now)) return { refusal: 'offer-ended' }
  return (
    (await change({ handover, lead })) ??
    (await findHandoverById(tx, handoverId)) ??
    notFound('handover')
  )
}
