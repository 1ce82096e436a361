import type { Transaction } from '../../database/client.ts'
import type { DeliveryObstacle } from '../../domain/deliveries/delivery.ts'
import { readMovedFacts } from '../../domain/notifications/moved-facts.ts'
import type { MovedFacts } from '../../domain/notifications/moved-facts.ts'
import type { Notification } from '../../domain/notifications/notification.ts'
import { findClientById } from '../../repositories/clients/clients.ts'
import { findMovedWork } from '../../repositories/notifications/moved-work.ts'
import type { MovedWork } from '../../repositories/notifications/moved-work.ts'
import type { WorkLists } from '../sections/notification-topic.ts'
import { mailboxOf } from './person-mailbox.ts'
import { REMOVED } from './topic.ts'
import type { Topic, UrlOf } from './topic.ts'

/** A client that its reader got or lost, as long as that is so, with what went with it. */
export async function findClientTopic(
  tx: Transaction,
  { kind, userId, facts }: Notification & { kind: 'newClient' | 'movedClient' }
): Promise<Topic | DeliveryObstacle> {
  const { clientId } = facts
  const client = typeof clientId === 'string' ? await findClientById(tx, clientId) : null
  if (!client) return REMOVED
  const isTheirs = client.responsibleUser?.id === userId
  if (isTheirs !== (kind === 'newClient')) return REMOVED
  const clientContact = isTheirs ? client.content.contact : null
  const moved = readMovedFacts(facts)
  const named = await findMovedWork(tx, moved)
  return {
    of: (urlOf) => ({
      ...{ kind, clientName: client.displayName, clientContact },
      userName: isTheirs ? null : (client.responsibleUser?.name ?? null),
      // Who lost them may not be able to open them.
      moved: listMoved(moved, named, isTheirs ? urlOf : () => null)
    }),
    leadId: null,
    clientId: isTheirs ? client.id : null,
    personMailbox: clientContact && mailboxOf(clientContact),
    ...(isTheirs ? {} : { colleagueId: client.responsibleUser?.id ?? null })
  }
}

function listMoved(
  { leads, activities, opportunities }: MovedFacts,
  named: MovedWork,
  urlOf: UrlOf
): WorkLists {
  return {
    count: leads.count,
    leads: named.leads.map(({ id, displayName, receivedAt }) => ({
      name: displayName,
      receivedAt,
      url: urlOf({ leadId: id, clientId: null })
    })),
    activities: activities.count,
    planned: named.planned.map(({ type, dueAt, person, ...about }) => ({
      ...{ type, dueAt, person },
      url: urlOf(about)
    })),
    opportunityCount: opportunities.count,
    opportunities: named.opportunities.map(({ name, clientId }) => ({
      name,
      url: urlOf({ leadId: null, clientId })
    }))
  }
}
