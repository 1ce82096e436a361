import type { Transaction } from '../../database/client.ts'
import type { Team } from '../../domain/access/permissions.ts'
import { addWorkingSeconds } from '../../domain/clock/working-time.ts'
import type { Dealer } from '../../domain/dealers/dealer.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { obstacleToHandover } from '../../domain/qualification/handover.ts'
import type { Handover } from '../../domain/qualification/handover.ts'
import { planColleagueMail } from '../../domain/qualification/handover-mail.ts'
import type { MailedColleague } from '../../domain/qualification/handover-mail.ts'
import { newId } from '../../ids.ts'
import { lockAssignee } from '../../repositories/access/assignees.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { oweDeliveries } from '../../repositories/deliveries/deliveries.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { findActiveMembers } from '../../repositories/qualification/colleagues.ts'
import { insertOffer } from '../../repositories/qualification/handovers.ts'

/** A locked lead, offered to a user or to a team. */
export type Offer = OfferWords & ({ toUserId: string } | { toTeam: Team })

interface OfferWords {
  lead: Lead
  /** Who had it, or who offers what waits in a queue; null: a machine or the system does. */
  from: string | null
  message: string | null
  /** Minutes of working time for which it waits for an answer; default: the dealer's. */
  minutes?: number | null
  actor: Actor
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

export type OfferRefusal =
  | 'quarantined'
  | 'closed'
  | 'offered-already'
  | 'unknown-user'
  | 'inactive-user'
  | 'has-it'
  | 'nobody-in-team'

/**
 * Offers a lead to somebody, who may take it or not; whoever has it keeps it until then. One offer at
 * a time: PostgreSQL's unique index decides which of two is the first.
 */
export async function offerLead(
  tx: Transaction,
  offer: Offer
): Promise<{ handover: Handover } | { refusal: OfferRefusal }> {
  const { lead, now } = offer
  const obstacle = obstacleToHandover({
    group: lead.status.group,
    isQuarantined: lead.quarantineReason !== null
  })
  if (obstacle !== null) return { refusal: obstacle }
  const colleagues = await findOffered(tx, offer)
  if (typeof colleagues === 'string') return { refusal: colleagues }
  const dealer = await findDealer(tx)
  if (!dealer) throw new Error('a dealer with a lead is gone')
  const handover: Handover = {
    id: newId(),
    leadId: lead.id,
    state: 'offered',
    fromUserId: offer.from,
    toUserId: 'toUserId' in offer ? offer.toUserId : null,
    toTeam: 'toTeam' in offer ? offer.toTeam : null,
    message: offer.message,
    reason: null,
    expiresAt: expiryOf(dealer, offer),
    answeredAt: null,
    answeredBy: null,
    version: 1,
    createdAt: now,
    updatedAt: now
  }
  if (!(await insertOffer(tx, handover))) return { refusal: 'offered-already' }
  await announce(tx, offer, { handover, colleagues, dealer })
  return { handover }
}

/** By the dealer's hours; null where those have no working time within two years. */
function expiryOf({ workingHours, timeZone, settings }: Dealer, { minutes, now }: Offer) {
  const seconds = (minutes ?? settings.offerMinutes) * 60
  return addWorkingSeconds(workingHours, timeZone, now, seconds)
}

/** Who is asked: the user, or the team's members but the one who gives it away. */
async function findOffered(
  tx: Transaction,
  offer: Offer
): Promise<MailedColleague[] | OfferRefusal> {
  const { lead, from, actor } = offer
  if ('toTeam' in offer) {
    const members = await findActiveMembers(tx, offer.toTeam)
    const others = members.filter(({ id }) => id !== from && id !== lead.assignee?.id)
    return others.length === 0 ? 'nobody-in-team' : others
  }
  const user = await lockAssignee(tx, offer.toUserId)
  if (!user) return 'unknown-user'
  if (!user.active) return 'inactive-user'
  const isGiver = user.id === from || (actor.type === 'user' && actor.id === user.id)
  return isGiver || lead.assignee?.id === user.id ? 'has-it' : [user]
}

async function announce(
  tx: Transaction,
  { lead, actor, now, mailDomain }: Offer,
  made: { handover: Handover; colleagues: readonly MailedColleague[]; dealer: Dealer }
): Promise<void> {
  const { handover, colleagues, dealer } = made
  const { id, fromUserId, toUserId, toTeam, expiresAt } = handover
  await recordEvents(tx, actor, now, [
    {
      type: 'handover.offered',
      subject: { type: 'handover', id },
      leadId: lead.id,
      clientId: lead.client?.id ?? null,
      data: { fromUserId, toUserId, toTeam, expiresAt: expiresAt?.toISOString() ?? null }
    }
  ])
  const deliveries = planColleagueMail('offer_mail', colleagues, {
    aboutId: id,
    isTest: lead.content.isTest,
    settings: dealer.settings
  })
  await oweDeliveries(tx, { leadId: lead.id, deliveries, mailDomain, now })
}
