import { and, asc, desc, eq, gte, isNotNull, lt, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { activities, clients, leads, users } from '../../database/schema.ts'
import {
  CALENDAR_MOST,
  CALENDAR_TYPES,
  calendarWindow
} from '../../domain/calendar/calendar-entry.ts'
import type { CalendarEntry } from '../../domain/calendar/calendar-entry.ts'
import type { UserPrincipal } from '../../domain/access/permissions.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'
import type { Vehicle } from '../../domain/leads/vehicle.ts'
import { isRecord } from '../filters.ts'
import { visibleClients, visibleLeads } from '../visibility.ts'

/** Gives a user's calendar a new address; the one before, if any, stops working. */
export async function setCalendarHash(
  tx: Transaction,
  userId: string,
  hash: string
): Promise<void> {
  await tx.orm.update(users).set({ calendarHash: hash }).where(isUser(tx, userId))
}

/** Takes a calendar's address away; whether there was one. */
export async function clearCalendarHash(tx: Transaction, userId: string): Promise<boolean> {
  const rows = await tx.orm
    .update(users)
    .set({ calendarHash: null })
    .where(and(isUser(tx, userId), isNotNull(users.calendarHash)))
    .returning({ id: users.id })
  return rows.length > 0
}

export async function hasCalendar(tx: Transaction, userId: string): Promise<boolean> {
  const rows = await tx.orm
    .select({ id: users.id })
    .from(users)
    .where(and(isUser(tx, userId), isNotNull(users.calendarHash)))
  return rows.length > 0
}

/** The user whose calendar has this secret; null without an active user. */
export async function findCalendarOwner(
  tx: Transaction,
  hash: string
): Promise<{ id: string; name: string; locale: Locale | null } | null> {
  const [row] = await tx.orm
    .select({ id: users.id, name: users.name, locale: users.locale })
    .from(users)
    .where(
      and(
        eq(users.dealerId, tx.dealerId),
        eq(users.calendarHash, hash),
        // The index has no others.
        isNotNull(users.calendarHash),
        eq(users.active, true)
      )
    )
  return row ?? null
}

/**
 * A user's entries around now, in the order of their times. Where there are too many, the farthest
 * ahead go, and before them the longest past: what is next always shows. Leads and clients that the user
 * does not see (any more) are not named by id: a link to them would not open.
 */
export async function listCalendarEntries(
  tx: Transaction,
  owner: UserPrincipal,
  now: Date
): Promise<CalendarEntry[]> {
  const entries = await findEntries(tx, owner.id, now)
  const leadIds = await findSeen(tx, leads, {
    ids: entries.map(({ leadId }) => leadId),
    isSeen: visibleLeads(owner)
  })
  const clientIds = await findSeen(tx, clients, {
    ids: entries.map(({ clientId }) => clientId),
    isSeen: visibleClients(tx, owner)
  })
  return entries.map(({ leadId, clientId, ...entry }) => ({
    ...entry,
    leadId: leadId !== null && leadIds.has(leadId) ? leadId : null,
    clientId: clientId !== null && clientIds.has(clientId) ? clientId : null
  }))
}

/** Those of the ids that are seen. */
async function findSeen(
  tx: Transaction,
  table: typeof leads | typeof clients,
  { ids, isSeen }: { ids: readonly (string | null)[]; isSeen: SQL | undefined }
): Promise<Set<string>> {
  const named = [...new Set(ids.filter((id) => id !== null))]
  if (named.length === 0) return new Set()
  const rows = await tx.orm
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.dealerId, tx.dealerId), inArray(table.id, named), isSeen))
  return new Set(rows.map(({ id }) => id))
}

async function findEntries(tx: Transaction, userId: string, now: Date): Promise<CalendarEntry[]> {
  const { from, to } = calendarWindow(now)
  const ahead = await selectEntries(tx, userId, [
    gte(activities.dueAt, now),
    lt(activities.dueAt, to)
  ])
    .orderBy(asc(activities.dueAt), asc(activities.id))
    .limit(CALENDAR_MOST)
  if (ahead.length === CALENDAR_MOST) return ahead.map(toEntry)
  const past = await selectEntries(tx, userId, [
    gte(activities.dueAt, from),
    lt(activities.dueAt, now)
  ])
    .orderBy(sql`${activities.dueAt} desc`, desc(activities.id))
    .limit(CALENDAR_MOST - ahead.length)
  return [...past.toReversed(), ...ahead].map(toEntry)
}

function selectEntries(tx: Transaction, userId: string, when: SQL[]) {
  return tx.orm
    .select({
      id: activities.id,
      type: activities.type,
      state: activities.state,
      text: activities.text,
      dueAt: activities.dueAt,
      remindAt: activities.remindAt,
      leadId: activities.leadId,
      clientId: activities.clientId,
      version: activities.version,
      createdAt: activities.createdAt,
      updatedAt: activities.updatedAt,
      person: sql<string | null>`coalesce(${clients.displayName}, ${leads.displayName})`,
      vehicles: sql<Vehicle[] | null>`${leads.content} -> 'vehicles'`
    })
    .from(activities)
    .leftJoin(leads, and(eq(leads.dealerId, activities.dealerId), eq(leads.id, activities.leadId)))
    .leftJoin(
      clients,
      and(eq(clients.dealerId, activities.dealerId), eq(clients.id, activities.clientId))
    )
    .where(
      and(
        eq(activities.dealerId, tx.dealerId),
        eq(activities.userId, userId),
        inArray(activities.type, [...CALENDAR_TYPES]),
        ...when
      )
    )
    .$dynamic()
}

type EntryRow = Awaited<ReturnType<typeof selectEntries>>[number]

function toEntry({ vehicles, ...row }: EntryRow): CalendarEntry {
  // The query asks for these types, and for those with a time.
  return { ...row, vehicles: vehicles ?? [] } as CalendarEntry
}

function isUser(tx: Transaction, userId: string): SQL | undefined {
  return isRecord(tx, users, userId)
}
