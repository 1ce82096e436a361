import type { Transaction } from '../../database/client.ts'
import type { DeliveryObstacle } from '../../domain/deliveries/delivery.ts'
import type { Notification } from '../../domain/notifications/notification.ts'
import type { User } from '../../domain/access/user.ts'
import { findUser } from '../../repositories/access/users.ts'
import { findPlannedOfUser } from '../../repositories/activities/planned-of-user.ts'
import {
  findClientsOfUser,
  findOpenDealsOfUser
} from '../../repositories/notifications/open-deals.ts'
import { findOpenLeads } from '../../repositories/notifications/open-leads.ts'
import { countOpenWork } from '../../repositories/notifications/open-work.ts'
import type { OpenWorkLists } from '../sections/notification-topic.ts'
import { REMOVED } from './topic.ts'
import type { Topic, UrlOf } from './topic.ts'

/** How many leads, planned activities, clients and opportunities a mail lists, each. */
const MAX_IN_MAIL = 20

/** The work that is open now; a user who is active again, or has none left, is not told of. */
export async function findOpenWorkTopic(
  tx: Transaction,
  { aboutId }: Notification
): Promise<Topic | DeliveryObstacle> {
  const user = aboutId === null ? null : await findUser(tx, aboutId)
  const lists = user?.active === false ? await findOpenWork(tx, user, MAX_IN_MAIL) : null
  if (!user || !lists) return REMOVED
  return {
    of: (urlOf) => ({ kind: 'openLeads', userName: user.name, ...lists(urlOf) }),
    leadId: null,
    clientId: null,
    workOfUserId: user.id
  }
}

/** The open work of a user, up to so many of each kind, with the addresses of its pages; null: there is none. */
export async function findOpenWork(
  tx: Transaction,
  { id }: Pick<User, 'id'>,
  limit: number
): Promise<((urlOf: UrlOf) => OpenWorkLists) | null> {
  const work = await countOpenWork(tx, id)
  if (!work) return null
  const open = await findOpenLeads(tx, id, limit)
  const planned = await findPlannedOfUser(tx, id, limit)
  const clients = await findClientsOfUser(tx, id, limit)
  const deals = await findOpenDealsOfUser(tx, id, limit)
  return (urlOf) => ({
    activities: work.activities,
    planned: planned.map(({ type, dueAt, person, ...about }) => ({
      ...{ type, dueAt, person },
      url: urlOf(about)
    })),
    clients: clients.map(({ id: clientId, name }) => ({
      name,
      url: urlOf({ leadId: null, clientId })
    })),
    clientCount: work.clients,
    opportunities: deals.map(({ name, clientId }) => ({
      name,
      url: urlOf({ leadId: null, clientId })
    })),
    opportunityCount: work.opportunities,
    count: work.count,
    leads: open.map(({ id: leadId, displayName, receivedAt }) => ({
      name: displayName,
      receivedAt,
      url: urlOf({ leadId, clientId: null })
    }))
  })
}
