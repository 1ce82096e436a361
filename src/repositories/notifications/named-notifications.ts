import { and, eq, sql } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import {
  activities,
  clients,
  deliveries,
  handovers,
  linkRequests,
  notifications,
  promoters,
  sources,
  users
} from '../../database/schema.ts'
import { NOTIFICATION_KINDS } from '../../domain/notifications/kinds.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { NamedNotification, Notification } from '../../domain/notifications/notification.ts'
import { findActivities } from '../activities/activities.ts'
import { isNamedBy } from '../filters.ts'
import { findLeads } from '../leads/leads.ts'
import { toldClientId } from './told-client.ts'
import { visiblePromoters } from '../visible-promoters.ts'

/** Who is told of these can open them. */
const OPEN_TO_ALL = { handover: true, source: true, user: true, delivery: true }

/**
 * Adds the records that notifications are about, and whether the reader can open them: with a few queries,
 * however many they are.
 */
export async function nameNotifications(
  tx: Transaction,
  principal: TenantPrincipal,
  told: readonly Notification[]
): Promise<NamedNotification[]> {
  if (told.length === 0) return []
  const leadIds = new Set(told.flatMap(({ leadId }) => leadId ?? []))
  const leads = new Map(
    (await findLeads(tx, principal, [...leadIds])).map((lead) => [lead.id, lead])
  )
  const activityIds = new Set(
    told.flatMap(({ kind, aboutId }) =>
      NOTIFICATION_KINDS[kind].about === 'activity' ? (aboutId ?? []) : []
    )
  )
  const seen = await findActivities(tx, principal, [...activityIds])
  const activityIsSeen = new Set(seen.map(({ id }) => id))
  const records = new Map((await selectRecords(tx, principal, told)).map((row) => [row.id, row]))
  return told.map((notification) => {
    const lead = leads.get(notification.leadId ?? '') ?? null
    const {
      activity = null,
      source = null,
      user = null,
      promoter = null,
      client
    } = records.get(notification.id) ?? {}
    return {
      ...notification,
      ...{ lead, activity, source, user, promoter },
      client: client ?? lead?.client ?? null,
      isOpen: {
        ...OPEN_TO_ALL,
        lead: lead !== null,
        activity: activityIsSeen.has(notification.aboutId ?? ''),
        promoter: promoter !== null
      }[NOTIFICATION_KINDS[notification.kind].about]
    }
  })
}

/** The records of `aboutId`, and those that they name. */
async function selectRecords(
  tx: Transaction,
  principal: TenantPrincipal,
  told: readonly Notification[]
) {
  const of = notifications
  const ids = told.map(({ id }) => id)
  return await tx.orm
    .select({
      id: of.id,
      activity: {
        id: activities.id,
        type: activities.type,
        state: activities.state,
        dueAt: activities.dueAt,
        text: activities.text
      },
      client: { id: clients.id, name: clients.displayName },
      source: { id: sources.id, name: sources.name },
      user: { id: users.id, name: users.name },
      promoter: { id: promoters.id, name: promoters.name }
    })
    .from(of)
    .leftJoin(activities, isNamedBy(activities, of, of.aboutId))
    .leftJoin(handovers, isNamedBy(handovers, of, of.aboutId))
    .leftJoin(linkRequests, isNamedBy(linkRequests, of, of.aboutId))
    .leftJoin(sources, isNamedBy(sources, of, of.aboutId))
    .leftJoin(deliveries, isNamedBy(deliveries, of, of.aboutId))
    .leftJoin(promoters, and(isNamedBy(promoters, of, of.aboutId), visiblePromoters(principal)))
    .leftJoin(
      clients,
      and(
        eq(clients.dealerId, of.dealerId),
        sql`${clients.id} = ${toldClientId(activities.clientId, linkRequests.clientId)}`
      )
    )
    .leftJoin(users, and(eq(users.dealerId, of.dealerId), sql`${users.id} = ${USER_ID}`))
    .where(and(eq(of.dealerId, tx.dealerId), inArray(of.id, ids)))
}

const USER_ID = sql`case ${notifications.kind}
  when 'failedMail' then ${deliveries.userId}
  when 'openLeads' then ${notifications.aboutId}
  when 'newClient' then ${notifications.aboutId}
  when 'movedClient' then ${notifications.aboutId}
  when 'feedback' then ${activities.userId}
  when 'plannedActivity' then ${activities.createdBy}
  when 'movedActivity' then ${activities.userId}
  when 'offerResponse' then ${handovers.endedBy}
  when 'linkRequest' then ${linkRequests.fromUserId}
  when 'linkResponse' then ${linkRequests.endedBy}
  else ${handovers.fromUserId} end`
