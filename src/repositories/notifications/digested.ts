import { and, asc, eq, exists, gt, isNull, ne, notExists, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'

import { inArray, notInArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import {
  activities,
  clients,
  deliveries,
  handovers,
  leads,
  linkRequests,
  notifications,
  promoters,
  queueMembers,
  sources,
  statuses,
  users
} from '../../database/schema.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import type { Source } from '../../domain/dealers/source.ts'
import type { Reference } from '../../domain/leads/lead.ts'
import { AWAITED_GROUPS } from '../../domain/leads/status-groups.ts'
import type { NotificationKind } from '../../domain/notifications/kinds.ts'
import type { Notification } from '../../domain/notifications/notification.ts'
import { hasDeadline } from '../clock/deadlines.ts'
import { isNamedBy } from '../filters.ts'
import { toNotification } from './notifications.ts'
import { toldClientId } from './told-client.ts'

/** A notification with the names of what it is about, and what a line of the digest says of it. */
export interface DigestedNotification extends Notification {
  leadName: string | null
  source: Pick<Source, 'key' | 'name'> | null
  /** The user that it is about. */
  userName: string | null
  /** The client that it is about, or that of the activity. */
  client: Reference | null
  promoterName: string | null
  /** To whom the mail went that it is about. */
  recipient: string | null
  activity: Pick<Activity, 'type' | 'dueAt' | 'outcome'> | null
  /** Until when an offer or a request can be answered. */
  expiresAt: Date | null
}

/** The kinds that tell of what is still to be done. */
const OF_PLANNED = ['plannedActivity', 'movedActivity', 'reminder', 'overdue'] as const

/** The kinds that ask for a first response to a lead. */
const OF_WAITING = [
  'newLead',
  'queuedLead',
  'offer',
  'offerEnding',
  'linkRequest',
  'responseWarning',
  'responseOverdue'
] as const

/** The kinds that tell of the deadline of a response. */
const OF_DEADLINE = ['responseWarning', 'responseOverdue'] as const

/** The notifications of a digest, the first first, up to a limit, and how many there are. */
export async function findDigested(
  tx: Transaction,
  digestId: string,
  { limit, now }: { limit: number; now: Date }
): Promise<{ shown: DigestedNotification[]; total: number }> {
  const of = notifications
  const rows = await tx.orm
    .select({
      notification: notifications,
      leadName: leads.displayName,
      source: { key: sources.key, name: sources.name },
      userName: users.name,
      client: { id: clients.id, name: clients.displayName },
      promoterName: promoters.name,
      recipient: sql<
        string | null
      >`coalesce(${deliveries.target}->>'name', ${deliveries.target}->>'address')`,
      activity: {
        type: activities.type,
        dueAt: activities.dueAt,
        outcome: activities.outcome
      },
      offerExpiresAt: handovers.expiresAt,
      requestExpiresAt: linkRequests.expiresAt,
      total: sql<number>`count(*) over ()::int`
    })
    .from(notifications)
    .leftJoin(activities, isNamedBy(activities, of, of.aboutId))
    .leftJoin(
      leads,
      and(
        eq(leads.dealerId, of.dealerId),
        sql`${leads.id} = coalesce(${of.leadId}, ${activities.leadId})`
      )
    )
    .leftJoin(statuses, isNamedBy(statuses, of, leads.statusId))
    .leftJoin(sources, isNamedBy(sources, of, of.aboutId))
    .leftJoin(users, isNamedBy(users, of, of.aboutId))
    .leftJoin(handovers, isNamedBy(handovers, of, of.aboutId))
    .leftJoin(linkRequests, isNamedBy(linkRequests, of, of.aboutId))
    .leftJoin(promoters, isNamedBy(promoters, of, of.aboutId))
    .leftJoin(
      clients,
      and(
        eq(clients.dealerId, of.dealerId),
        sql`${clients.id} = ${toldClientId(activities.clientId)}`
      )
    )
    .leftJoin(deliveries, isNamedBy(deliveries, of, of.aboutId))
    .where(
      and(
        eq(of.dealerId, tx.dealerId),
        eq(of.digestId, digestId),
        isLatest(tx),
        stillConcerns(tx, now)
      )
    )
    .orderBy(asc(of.id))
    .limit(limit)
  return {
    shown: rows.map(
      ({ notification, total: _, offerExpiresAt, requestExpiresAt, ...described }) => ({
        ...toNotification(notification),
        ...described,
        expiresAt: offerExpiresAt ?? requestExpiresAt
      })
    ),
    total: rows[0]?.total ?? 0
  }
}

/** Whether a digest tells nothing newer of the same kind about the same records. */
function isLatest(tx: Transaction): SQL {
  const of = notifications
  const newer = alias(notifications, 'newer')
  return notExists(
    tx.orm
      .select({ one: sql`1` })
      .from(newer)
      .where(
        and(
          eq(newer.dealerId, of.dealerId),
          eq(newer.digestId, of.digestId),
          eq(newer.kind, of.kind),
          sql`${newer.leadId} is not distinct from ${of.leadId}`,
          sql`${newer.aboutId} is not distinct from ${of.aboutId}`,
          sql`${newer.facts}->>'clientId' is not distinct from ${of.facts}->>'clientId'`,
          sql`${newer.facts}->>'importId' is not distinct from ${of.facts}->>'importId'`,
          gt(newer.id, of.id)
        )
      )
  )
}

/** Whether what a notification tells is still so, and still its reader's. */
function stillConcerns(tx: Transaction, now: Date): SQL | undefined {
  const of = notifications
  const unless = (kind: NotificationKind, ...conditions: (SQL | undefined)[]) =>
    or(ne(of.kind, kind), and(...conditions))
  const isOpenOffer = and(
    eq(handovers.state, 'offered'),
    or(isNull(handovers.expiresAt), gt(handovers.expiresAt, now))
  )
  const waitsInQueue = and(isNull(leads.assigneeId), isInQueueOfReader(tx))
  return and(
    // Of a lead that was held or deleted since, nothing is told but that a request ended with it.
    or(
      isNull(of.leadId),
      and(
        isNull(leads.quarantineReason),
        or(ne(statuses.group, sql`'deleted'`), eq(of.kind, 'linkResponse'))
      )
    ),
    // One that was closed or converted needs no response; what is planned or was done still counts.
    or(notInArray(of.kind, [...OF_WAITING]), inArray(statuses.group, [...AWAITED_GROUPS])),
    // Nor of a response that was given: its deadline is gone then.
    or(notInArray(of.kind, [...OF_DEADLINE]), hasDeadline(tx)),
    unless('newLead', eq(leads.assigneeId, of.userId)),
    unless('takenBackLead', sql`${leads.assigneeId} is distinct from ${of.userId}`),
    unless('movedLead', sql`${leads.assigneeId} is distinct from ${of.userId}`),
    // Of those of an import, only how many they are is told.
    unless(
      'newClient',
      or(sql`${of.facts} ? 'importId'`, eq(clients.responsibleUserId, of.userId))
    ),
    unless('movedClient', sql`${clients.responsibleUserId} is distinct from ${of.userId}`),
    unless('queuedLead', waitsInQueue),
    unless('responseWarning', or(eq(leads.assigneeId, of.userId), waitsInQueue)),
    unless('offer', isOpenOffer),
    unless('offerEnding', isOpenOffer),
    unless('linkRequest', eq(linkRequests.state, 'asked'), gt(linkRequests.expiresAt, now)),
    // Nor of an activity that was ended or removed, or given to another user.
    or(notInArray(of.kind, [...OF_PLANNED]), eq(activities.state, 'planned')),
    unless('plannedActivity', eq(activities.userId, of.userId)),
    // Nor that work went to others which the user has again.
    unless('movedActivity', sql`${activities.userId} is distinct from ${of.userId}`),
    unless(
      'cancelledActivity',
      eq(activities.state, 'cancelled'),
      eq(activities.userId, of.userId)
    ),
    // Nor of a promoter whom a user has approved or refused, or of a user who is active again.
    unless('pendingPromoter', eq(promoters.state, 'pending')),
    unless('openLeads', eq(users.active, false)),
    // Nor of a mail that was sent again.
    unless('failedMail', eq(deliveries.state, 'failed'))
  )
}

/** Whether the lead waits in a queue of the user who was told: as a member, or an owner where it has none. */
function isInQueueOfReader(tx: Transaction): SQL | undefined {
  const members = queueMembers
  const ofQueue = and(
    eq(members.dealerId, notifications.dealerId),
    eq(members.queueId, leads.queueId)
  )
  const one = { one: sql`1` }
  const some = tx.orm.select(one).from(members).where(ofQueue)
  const own = tx.orm
    .select(one)
    .from(members)
    .where(and(ofQueue, eq(members.userId, notifications.userId)))
  const owners = alias(users, 'owners')
  const isOwner = tx.orm
    .select(one)
    .from(owners)
    .where(and(isNamedBy(owners, notifications, notifications.userId), eq(owners.role, 'owner')))
  return and(
    sql`${leads.queueId} is not null`,
    or(exists(own), and(exists(isOwner), notExists(some)))
  )
}
