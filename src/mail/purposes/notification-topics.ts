import type { Transaction } from '../../database/client.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import type { DeliveryObstacle } from '../../domain/deliveries/delivery.ts'
import type { Notification } from '../../domain/notifications/notification.ts'
import { recognisableName } from '../../domain/leads/contact.ts'
import { isOpenOffer } from '../../domain/qualification/handover.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { findUser } from '../../repositories/access/users.ts'
import { findUserPrincipal } from '../../repositories/access/principals.ts'
import { findActivityById } from '../../repositories/activities/activities.ts'
import { findClient, findClientById } from '../../repositories/clients/clients.ts'
import { findSource } from '../../repositories/dealers/sources.ts'
import { findDeliveryById } from '../../repositories/deliveries/deliveries.ts'
import { findLeadById, findLeadSnapshot } from '../../repositories/leads/leads.ts'
import { findPromoterToMail } from '../../repositories/promoters/promoter-mails.ts'
import { findHandoverById } from '../../repositories/qualification/handovers.ts'
import type { ActivityKind } from '../sections/notification-topic.ts'
import { findClientTopic } from './client-topic.ts'
import { otherParty } from './colleague-mailbox.ts'
import { findOpenWorkTopic } from './open-work-topic.ts'
import { mailboxOf, mailboxOfPromoter } from './person-mailbox.ts'
import { REMOVED } from './topic.ts'
import type { Topic } from './topic.ts'

/** What a notification tells, as it is now; or why there is nothing to tell any more. */
export async function findTopic(
  tx: Transaction,
  notification: Notification,
  now: Date
): Promise<Topic | DeliveryObstacle> {
  const { kind, userId, leadId, facts } = notification
  switch (kind) {
    case 'plannedActivity':
    case 'movedActivity':
    case 'cancelledActivity':
    case 'reminder':
    case 'overdue':
      return await findActivityTopic(tx, { ...notification, kind })
    case 'takenBackLead':
    case 'movedLead': {
      const lead = leadId === null ? null : await findLeadById(tx, leadId)
      if (lead?.assignee?.id === userId) return REMOVED
      return { of: () => ({ kind }), leadId, clientId: null }
    }
    case 'leadSale': {
      const state = facts.state === 'cancelled' ? 'cancelled' : 'recorded'
      return { of: () => ({ kind, state }), leadId, clientId: null }
    }
    case 'newClient':
    case 'movedClient':
      return await findClientTopic(tx, { ...notification, kind })
    case 'responseWarning':
    case 'responseOverdue':
      if (!(await isAwaited(tx, leadId))) return { obstacle: because('lead_responded') }
      return { of: () => ({ kind, respondBy: timeOf(facts.respondBy) }), leadId, clientId: null }
    case 'offerEnding':
      return await findOfferTopic(tx, notification, now)
    case 'quietSource':
      return await findSourceTopic(tx, notification)
    case 'pendingPromoter':
    case 'promoterResponse':
      return await findPromoterTopic(tx, { ...notification, kind })
    case 'openLeads':
      return await findOpenWorkTopic(tx, notification)
    case 'failedMail':
      return await findFailedMailTopic(tx, notification)
    case 'newLead':
    case 'queuedLead':
    case 'linkedClient':
    case 'offer':
    case 'offerResponse':
    case 'linkRequest':
    case 'linkResponse':
    case 'feedback':
      throw new TypeError(`${kind} has a mail of its own`)
  }
}

/** Whether a lead has a deadline for its response: not once it has got one, or was closed. */
async function isAwaited(tx: Transaction, leadId: string | null): Promise<boolean> {
  const lead = leadId === null ? null : await findLeadSnapshot(tx, leadId)
  return lead !== null && lead.respondBy !== null
}

async function findActivityTopic(
  tx: Transaction,
  { kind, userId, aboutId, leadId }: Notification & { kind: ActivityKind }
): Promise<Topic | DeliveryObstacle> {
  const activity = aboutId === null ? null : await findActivityById(tx, aboutId)
  if (!activity) return { obstacle: because('activity_removed') }
  if (kind === 'cancelledActivity') {
    if (activity.state !== 'cancelled' || activity.userId !== userId) return REMOVED
  } else if (activity.state !== 'planned') {
    return { obstacle: because('activity_ended') }
  }
  const isOthers = kind === 'plannedActivity' && activity.userId !== userId
  if (isOthers) return { obstacle: because('activity_reassigned') }
  if (kind === 'movedActivity' && activity.userId === userId) return REMOVED
  const { clientId } = activity
  const user = await findOther(tx, kind, activity)
  const client = clientId === null ? null : await findClientById(tx, clientId)
  const clientName =
    client?.displayName ?? (leadId === null ? await nameOfPerson(tx, { kind, activity }) : null)
  const isSeen = client !== null && (await seesClient(tx, userId, client.id))
  const clientContact = isSeen ? client.content.contact : null
  return {
    of: () => ({ kind, activity, userName: user?.name ?? null, clientName, clientContact }),
    leadId,
    clientId: isSeen ? clientId : null,
    personMailbox: clientContact && mailboxOf(clientContact),
    ...(user || WITHOUT_PERSON.has(kind) ? { colleagueId: user?.id ?? null } : {})
  }
}

/** What is no longer the reader's: an answer goes to no person of the lead. */
const WITHOUT_PERSON: ReadonlySet<ActivityKind> = new Set(['movedActivity', 'cancelledActivity'])

/** The person of a deleted lead, which is only named. */
async function nameOfPerson(
  tx: Transaction,
  { kind, activity: { leadId } }: { kind: ActivityKind; activity: Activity }
): Promise<string | null> {
  const lead =
    kind !== 'cancelledActivity' || leadId === null ? null : await findLeadById(tx, leadId)
  return lead && recognisableName(lead.content.contact)
}

/** Who planned it, where that is told; of one that was moved, who has it now. */
async function findOther(tx: Transaction, kind: ActivityKind, activity: Activity) {
  const { createdBy, userId } = activity
  if (kind === 'plannedActivity' && createdBy !== null) return await findUser(tx, createdBy)
  return kind === 'movedActivity' && userId !== null ? await findUser(tx, userId) : null
}

/** The user of an activity is told of its client by name; not all see more. */
async function seesClient(tx: Transaction, userId: string, clientId: string): Promise<boolean> {
  const reader = await findUserPrincipal(tx, userId)
  return reader !== null && (await findClient(tx, reader, clientId)) !== null
}

async function findOfferTopic(
  tx: Transaction,
  { aboutId, leadId }: Notification,
  now: Date
): Promise<Topic | DeliveryObstacle> {
  const handover = aboutId === null ? null : await findHandoverById(tx, aboutId)
  if (!handover) return { obstacle: because('offer_removed') }
  if (!isOpenOffer(handover, now)) return { obstacle: because('offer_ended') }
  const colleagueId = otherParty(handover)
  return { of: () => ({ kind: 'offerEnding', handover }), leadId, clientId: null, colleagueId }
}

async function findSourceTopic(
  tx: Transaction,
  { aboutId, facts }: Notification
): Promise<Topic | DeliveryObstacle> {
  const source = aboutId === null ? null : await findSource(tx, aboutId)
  if (!source) return REMOVED
  const { lastLeadAt, lastLeadId } = facts
  const topic = { source, lastLeadAt: timeOf(lastLeadAt) }
  const leadId = typeof lastLeadId === 'string' ? lastLeadId : null
  return { of: () => ({ kind: 'quietSource', ...topic }), leadId, clientId: null }
}

async function findPromoterTopic(
  tx: Transaction,
  { kind, aboutId }: Notification & { kind: 'pendingPromoter' | 'promoterResponse' }
): Promise<Topic | DeliveryObstacle> {
  const promoter = aboutId === null ? null : await findPromoterToMail(tx, aboutId)
  if (!promoter) return REMOVED
  if (kind === 'pendingPromoter' && promoter.state !== 'pending') {
    return { obstacle: because('promoter_not_pending') }
  }
  const { id: promoterId } = promoter
  const personMailbox = mailboxOfPromoter(promoter)
  return {
    of: () => ({ kind, promoter }),
    leadId: null,
    clientId: null,
    promoterId,
    personMailbox
  }
}

async function findFailedMailTopic(
  tx: Transaction,
  { aboutId }: Notification
): Promise<Topic | DeliveryObstacle> {
  const delivery = aboutId === null ? null : await findDeliveryById(tx, aboutId)
  // It was sent again since.
  if (delivery?.state !== 'failed') return REMOVED
  return { of: () => ({ kind: 'failedMail', delivery }), leadId: delivery.leadId, clientId: null }
}

function timeOf(fact: unknown): Date | null {
  return typeof fact === 'string' ? new Date(fact) : null
}
