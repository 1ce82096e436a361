import type { Transaction } from '../../../database/client.ts'
import type { Team } from '../../../domain/access/permissions.ts'
import { addWorkingSeconds } from '../../../domain/clock/working-time.ts'
import type { Dealer } from '../../../domain/dealers/dealer.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { GROUPS } from '../../../domain/leads/status-groups.ts'
import { obstacleToHandover } from '../../../domain/qualification/handover.ts'
import type { Handover } from '../../../domain/qualification/handover.ts'
import { planColleagueMail } from '../../../domain/qualification/handover-mail.ts'
import type { MailedColleague } from '../../../domain/qualification/handover-mail.ts'
import { invalid, isRefusal } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { newId } from '../../../ids.ts'
import { lockAssignee } from '../../../repositories/access/assignees.ts'
import { findUserPrincipal } from '../../../repositories/access/principals.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { createDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { areOpenTo } from '../../../repositories/leads/lead-assignments.ts'
import { findActiveMembers } from '../../../repositories/qualification/colleagues.ts'
import { insertOffer } from '../../../repositories/qualification/handovers.ts'
import { recordHandovers } from './record-handovers.ts'

/** The user or the team that gets an offer. */
export type OfferTarget = { toUserId: string } | { toTeam: Team }

/** The offer of a locked lead. */
type Offer = OfferTarget & {
  lead: Lead
  /** The user who offers the lead; null: a machine or the system does. */
  from: string | null
  message: string | null
  /** Working minutes until the offer expires; default: the dealer's setting. */
  minutes?: number | null
  actor: Actor
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/**
 * Offers a lead to a user or a team, with an event and mails. The assignee keeps the lead until the
 * offer is accepted. A unique index allows one open offer for each lead.
 */
export async function makeOffer(tx: Transaction, offer: Offer): Promise<Handover | Refusal> {
  const { lead, now, mailDomain } = offer
  const obstacle = obstacleToHandover(lead)
  if (obstacle) return obstacle
  const recipients = await findRecipients(tx, offer)
  if (isRefusal(recipients)) return recipients
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
    endedAt: null,
    endedBy: null,
    version: 1,
    createdAt: now,
    updatedAt: now
  }
  if (!(await insertOffer(tx, handover))) return { refusal: 'offer-open' }
  await recordHandovers(tx, [handover], {
    state: 'offered',
    clientId: lead.client?.id ?? null,
    data: { expiresAt: handover.expiresAt?.toISOString() ?? null },
    actor: offer.actor,
    now
  })
  const deliveries = planColleagueMail('offer_mail', recipients, {
    aboutId: handover.id,
    isTest: lead.content.isTest,
    settings: dealer.settings
  })
  await createDeliveries(tx, { leadId: lead.id, deliveries, mailDomain, now })
  return handover
}

/** The end of the offer by the dealer's working hours; null when those have no time within two years. */
function expiryOf({ workingHours, timeZone, settings }: Dealer, { minutes, now }: Offer) {
  const seconds = (minutes ?? settings.offerMinutes) * 60
  return addWorkingSeconds(workingHours, timeZone, now, seconds)
}

/** The user; or the team's active members, without the one who offers the lead and its assignee. */
async function findRecipients(tx: Transaction, offer: Offer): Promise<MailedColleague[] | Refusal> {
  const { lead, from, actor } = offer
  const isProtected = GROUPS[lead.status.group].isProtected
  if ('toTeam' in offer) {
    if (isProtected) return invalid('/toTeam', 'converted-to-team')
    const members = await findActiveMembers(tx, offer.toTeam)
    const others = members.filter(({ id }) => id !== from && id !== lead.assignee?.id)
    return others.length === 0 ? invalid('/toTeam', 'no-other-member') : others
  }
  const user = await lockAssignee(tx, offer.toUserId)
  if (!user) return invalid('/toUserId', 'unknown-user')
  if (!user.active) return invalid('/toUserId', 'inactive-user')
  const principal = isProtected ? await findUserPrincipal(tx, user.id) : null
  if (principal && !(await areOpenTo(tx, principal, [lead.id]))) {
    return invalid('/toUserId', 'no-converted-leads')
  }
  const isOfferer = user.id === from || (actor.type === 'user' && actor.id === user.id)
  return isOfferer || lead.assignee?.id === user.id
    ? invalid('/toUserId', 'offerer-or-assignee')
    : [user]
}
