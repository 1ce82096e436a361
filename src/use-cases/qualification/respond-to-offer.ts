import type { Database, Transaction } from '../../database/client.ts'
import { NotTheirsToChange } from '../../domain/access/not-theirs.ts'
import { actorOf } from '../../domain/events/event.ts'
import { mayRespond, obstacleToHandover } from '../../domain/qualification/handover.ts'
import type { Handover, NamedHandover } from '../../domain/qualification/handover.ts'
import { forbidden } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { areOpenTo } from '../../repositories/leads/lead-assignments.ts'
import { findLeadById } from '../../repositories/leads/leads.ts'
import { insertFollower } from '../../repositories/qualification/handovers.ts'
import { endHandover } from '../../repositories/qualification/offer-ends.ts'
import { assign, holdTarget } from '../leads/steps/assign.ts'
import { write } from '../write.ts'
import { changeOffer } from './steps/change-offer.ts'
import type { LockedOffer, OfferCommand } from './steps/change-offer.ts'
import { notifyOfferers } from './steps/notify-offerers.ts'
import { recordHandovers } from './steps/record-handovers.ts'

type RespondToOffer = OfferCommand & {
  /** Domain of our Message-IDs. */
  mailDomain: string
} & OfferResponse

type OfferResponse = { response: 'accepted' } | { response: 'declined'; reason: string }

/**
 * Accepts or declines an offer. Only the user to whom it was made, or a member of its team, may. Of
 * two members who accept at the same moment, the second waits for the first and finds the offer ended.
 */
export async function respondToOffer(
  db: Database,
  command: RespondToOffer
): Promise<NamedHandover | Refusal> {
  const { principal } = command
  if (principal.kind !== 'user') return forbidden('offer-of-others')
  const mayChange = (handover: Handover) => mayRespond(handover, principal)
  return await write(db, command, (tx) =>
    changeOffer(tx, command, mayChange, (offer) =>
      command.response === 'accepted' ? accept(tx, command, offer) : decline(tx, command, offer)
    )
  )
}

/** Assigns the lead to the caller. The user who offered it continues to see it. */
async function accept(
  tx: Transaction,
  { principal, now, mailDomain }: RespondToOffer,
  { handover, lead }: LockedOffer
): Promise<Refusal | null> {
  const refusal = await refuseHandover(tx, lead.id)
  if (refusal) return refusal
  // Their grant, or the client, may have gone since they got the offer.
  if (principal.kind === 'user' && !(await areOpenTo(tx, principal, [lead.id]))) {
    throw new NotTheirsToChange()
  }
  const to = await holdTarget(tx, { assigneeId: principal.id })
  if ('refusal' in to) return { refusal: 'inactive-caller' }
  const state = 'accepted'
  const actor = actorOf(principal)
  const { id, fromUserId } = handover
  await endHandover(tx, id, { state, endedBy: principal.id, endedAt: now })
  if (fromUserId !== null) await insertFollower(tx, lead.id, fromUserId, now)
  await recordHandovers(tx, [handover], { state, clientId: lead.clientId, actor, now })
  const knownTo = fromUserId === null ? [] : [fromUserId]
  const given = { to, actor, knownTo, eventData: { handoverId: id } }
  await assign(tx, [lead], { ...given, now, mailDomain })
  await notifyOfferers(tx, [handover], { now, mailDomain })
  return null
}

/** Ends an offer to a user. An offer to a team stays open for the other members. */
async function decline(
  tx: Transaction,
  { principal, now, mailDomain, reason }: RespondToOffer & { reason: string },
  { handover, lead }: LockedOffer
): Promise<null> {
  const state = 'declined'
  const ended = handover.toTeam === null
  if (ended) {
    await endHandover(tx, handover.id, {
      state,
      reason,
      endedBy: principal.id,
      endedAt: now
    })
    await notifyOfferers(tx, [handover], { now, mailDomain })
  }
  await recordHandovers(tx, [handover], {
    state,
    clientId: lead.clientId,
    data: { reason, ended },
    actor: actorOf(principal),
    now
  })
  return null
}

/** A lead may be closed or quarantined while it is offered. */
async function refuseHandover(tx: Transaction, leadId: string): Promise<Refusal | null> {
  const lead = await findLeadById(tx, leadId)
  if (!lead) throw new Error('a locked lead is gone')
  return obstacleToHandover(lead)
}
