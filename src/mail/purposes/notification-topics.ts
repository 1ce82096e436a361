import type { Transaction } from '../../database/client.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import type { DeliveryObstacle } from '../../domain/deliveries/delivery.ts'
import type { Notification } from '../../domain/notifications/notification.ts'
import { isOpenOffer } from '../../domain/qualification/handover.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { findUser } from '../../repositories/access/users.ts'
import { findUserPrincipal } from '../../repositories/access/principals.ts'
import { findActivityById } from '../../repositories/activities/activities.ts'
import { findPlannedOfUser } from '../../repositories/activities/planned-of-user.ts'
import { findClient, findClientById } from '../../repositories/clients/clients.ts'
import { findSource } from '../../repositories/dealers/sources.ts'
import { findDeliveryById } from '../../repositories/deliveries/deliveries.ts'
import { findLeadById, findLeadSnapshot } from '../../repositories/leads/leads.ts'
import {
  findClientsOfUser,
  findOpenDealsOfUser
} from '../../repositories/notifications/open-deals.ts'
import { findOpenLeads } from '../../repositories/notifications/open-leads.ts'
import { countOpenWork } from '../../repositories/notifications/open-work.ts'
import { findPromoterToMail } from '../../repositories/promoters/promoter-mails.ts'
import { findHandoverById } from '../../repositories/qualification/handovers.ts'
import type { ActivityKind, NotificationTopic } from '../sections/notification-topic.ts'
import type { Mailbox } from '../mail-address.ts'
import { otherParty } from './colleague-mailbox.ts'
import { mailboxOf, mailboxOfPromoter } from './person-mailbox.ts'

/** What a notification tells, and the records that its link may lead to. */
export interface Topic {
  of: (urlOf: (about: Pick<Topic, 'leadId' | 'clientId'>) => string | null) => NotificationTopic
  leadId: string | null
  clientId: string | null
  promoterId?: string
  /** The colleague to whom an answer goes, null if the mail names none; absent: it goes to the lead's person. */
  colleagueId?: string | null
  /** The promoter or client to whom an answer goes where there is no lead; null: they have no address. */
  personMailbox?: Mailbox | null
}

/** How many of a user's open leads, planned activities, clients and opportunities are listed. */
const MAX_LEADS = 20

const REMOVED: DeliveryObstacle = { obstacle: because('notification_removed') }

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
      return await findOpenLeadsTopic(tx, notification)
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
  if (activity.state !== 'planned') return { obstacle: because('activity_ended') }
  const isOthers = kind === 'plannedActivity' && activity.userId !== userId
  if (isOthers) return { obstacle: because('activity_reassigned') }
  if (kind === 'movedActivity' && activity.userId === userId) return REMOVED
  const { clientId } = activity
  const user = await findOther(tx, kind, activity)
  const client = clientId === null ? null : await findClientById(tx, clientId)
  const clientName = client?.displayName ?? null
  const isSeen = client !== null && (await seesClient(tx, userId, client.id))
  const clientContact = isSeen ? client.content.contact : null
  return {
    of: () => ({ kind, activity, userName: user?.name ?? null, clientName, clientContact }),
    leadId,
    clientId: isSeen ? clientId : null,
    personMailbox: clientContact && mailboxOf(clientContact),
    ...(user || kind === 'movedActivity' ? { colleagueId: user?.id ?? null } : {})
  }
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

/** A client that its reader got or lost, as long as that is so. */
async function findClientTopic(
  tx: Transaction,
  { kind, userId, facts }: Notification & { kind: 'newClient' | 'movedClient' }
): Promise<Topic | DeliveryObstacle> {
  const { clientId } = facts
  const client = typeof clientId === 'string' ? await findClientById(tx, clientId) : null
  if (!client) return REMOVED
  const isTheirs = client.responsibleUser?.id === userId
  if (isTheirs !== (kind === 'newClient')) return REMOVED
  const clientContact = isTheirs ? client.content.contact : null
  return {
    of: () => ({
      ...{ kind, clientName: client.displayName, clientContact },
      userName: isTheirs ? null : (client.responsibleUser?.name ?? null)
    }),
    leadId: null,
    clientId: isTheirs ? client.id : null,
    personMailbox: clientContact && mailboxOf(clientContact),
    ...(isTheirs ? {} : { colleagueId: client.responsibleUser?.id ?? null })
  }
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

/** The work that is open now; a user who is active again, or has none left, is not told of. */
async function findOpenLeadsTopic(
  tx: Transaction,
  { aboutId }: Notification
): Promise<Topic | DeliveryObstacle> {
  const user = aboutId === null ? null : await findUser(tx, aboutId)
  const work = user?.active === false ? await countOpenWork(tx, user.id) : null
  if (!user || !work) return REMOVED
  const open = await findOpenLeads(tx, user.id, MAX_LEADS)
  const planned = await findPlannedOfUser(tx, user.id, MAX_LEADS)
  const clients = await findClientsOfUser(tx, user.id, MAX_LEADS)
  const deals = await findOpenDealsOfUser(tx, user.id, MAX_LEADS)
  return {
    of: (urlOf) => ({
      kind: 'openLeads',
      userName: user.name,
      activities: work.activities,
      planned: planned.map(({ type, dueAt, person, ...about }) => ({
        ...{ type, dueAt, person },
        url: urlOf(about)
      })),
      clients: clients.map(({ id, name }) => ({
        name,
        url: urlOf({ leadId: null, clientId: id })
      })),
      clientCount: work.clients,
      opportunities: deals.map(({ name, clientId }) => ({
        name,
        url: urlOf({ leadId: null, clientId })
      })),
      opportunityCount: work.opportunities,
      count: work.count,
      leads: open.map(({ id, displayName, receivedAt }) => ({
        name: displayName,
        receivedAt,
        url: urlOf({ leadId: id, clientId: null })
      }))
    }),
    leadId: null,
    clientId: null
  }
}

function timeOf(fact: unknown): Date | null {
  return typeof fact === 'string' ? new Date(fact) : null
}
