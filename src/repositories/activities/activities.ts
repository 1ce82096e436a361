import { and, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { lockedIf } from '../locks.ts'
import type { Lock } from '../locks.ts'
import { activities } from '../../database/schema.ts'
import type { Activity, ActivityState, ActivityType } from '../../domain/activities/activity.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { isClient } from '../clients/survivors.ts'
import { pagePlace, toPlacedPage } from '../changes.ts'
import { afterCursor, afterId, idOrder, pageOrder } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { visibleActivities } from '../visible-records.ts'
import { eqIfGiven, given, gteIfGiven, inIfGiven, isRecord, ltIfGiven } from '../filters.ts'

/** The filters of a list of activities. A record must match all given filters. */
interface ActivityFilter {
  user?: readonly string[] | undefined
  lead?: string | undefined
  client?: string | undefined
  opportunity?: string | undefined
  state?: readonly ActivityState[] | undefined
  type?: readonly ActivityType[] | undefined
  createdBy?: readonly string[] | undefined
  dueFrom?: Date | undefined
  dueTo?: Date | undefined
  updatedFrom?: Date | undefined
  updatedTo?: Date | undefined
  /** Planned and due before this moment. */
  overdueAt?: Date | undefined
}

/** One page of a dealer's activities, as far as this caller sees them. */
export async function listActivities(
  tx: Transaction,
  principal: TenantPrincipal,
  filter: ActivityFilter,
  page: PageRequest
): Promise<Page<Activity>> {
  const place = activityPlace(page)
  const rows = await tx.filterOrm
    .select()
    .from(activities)
    .where(
      and(
        eq(activities.dealerId, tx.dealerId),
        visibleActivities(tx, principal),
        ...filterConditions(tx, filter),
        ...place.conditions
      )
    )
    .orderBy(...place.order)
    .limit(page.limit + 1)
  const read = rows.map((row) => ({ ...toActivity(row), changedIn: row.changedIn }))
  return toPlacedPage(read, page, ({ dueAt, createdAt, id }) => ({
    at: page.sort === 'dueAt' ? (dueAt ?? createdAt) : createdAt,
    id
  }))
}

/** By when they were written down, by when they are due (those without a time are left out), or by change. */
function activityPlace(page: PageRequest): { conditions: (SQL | undefined)[]; order: SQL[] } {
  const { dueAt, id } = activities
  if (page.sort === 'dueAt') {
    const conditions = [isNotNull(dueAt), afterCursor(dueAt, id, page)]
    return { conditions, order: pageOrder(dueAt, id, page) }
  }
  if (page.sort === 'updatedAt') {
    const { condition, order } = pagePlace(activities, activities.createdAt, page)
    return { conditions: [condition], order }
  }
  return { conditions: [afterId(id, page)], order: [idOrder(id, page)] }
}

function filterConditions(tx: Transaction, filter: ActivityFilter): (SQL | undefined)[] {
  const { user, lead, client, opportunity, state, type, createdBy, dueFrom, dueTo, overdueAt } =
    filter
  return [
    inIfGiven(activities.userId, user),
    eqIfGiven(activities.leadId, lead),
    given(client, (id) => isClient(tx, activities.clientId, id)),
    eqIfGiven(activities.opportunityId, opportunity),
    inIfGiven(activities.state, state),
    inIfGiven(activities.type, type),
    inIfGiven(activities.createdBy, createdBy),
    gteIfGiven(activities.dueAt, dueFrom),
    ltIfGiven(activities.dueAt, dueTo),
    gteIfGiven(activities.updatedAt, filter.updatedFrom),
    ltIfGiven(activities.updatedAt, filter.updatedTo),
    overdueAt && eq(activities.state, 'planned'),
    overdueAt && lt(activities.dueAt, overdueAt)
  ]
}

/** The activity, or null where this caller sees none with this id. */
export async function findActivity(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string,
  lock?: Lock
): Promise<Activity | null> {
  const query = tx.orm
    .select()
    .from(activities)
    .where(visibleActivity(tx, principal, id))
  const [row] = await lockedIf(query, lock, activities)
  return row ? toActivity(row) : null
}

/** The activities of these ids that this caller sees. */
export async function findActivities(
  tx: Transaction,
  principal: TenantPrincipal,
  ids: readonly string[]
): Promise<Activity[]> {
  if (ids.length === 0) return []
  const rows = await tx.orm
    .select()
    .from(activities)
    .where(
      and(
        eq(activities.dealerId, tx.dealerId),
        inArray(activities.id, [...ids]),
        visibleActivities(tx, principal)
      )
    )
  return rows.map(toActivity)
}

/** The activity, regardless of caller visibility. For system jobs. */
export async function findActivityById(tx: Transaction, id: string): Promise<Activity | null> {
  const [row] = await tx.orm
    .select()
    .from(activities)
    .where(isRecord(tx, activities, id))
  return row ? toActivity(row) : null
}

function visibleActivity(tx: Transaction, principal: TenantPrincipal, id: string): SQL | undefined {
  return and(isRecord(tx, activities, id), visibleActivities(tx, principal))
}

/** Locks an activity, regardless of caller visibility. */
export async function lockActivityById(tx: Transaction, id: string): Promise<void> {
  await tx.orm
    .select({ id: activities.id })
    .from(activities)
    .where(isRecord(tx, activities, id))
    .for('update')
}

export async function insertActivity(tx: Transaction, activity: Activity): Promise<void> {
  await tx.orm.insert(activities).values({ dealerId: tx.dealerId, ...activity })
}

export type ActivityChange = Partial<
  Pick<
    Activity,
    'type' | 'state' | 'text' | 'dueAt' | 'doneAt' | 'outcome' | 'feedback' | 'remindAt' | 'userId'
  >
>

/** Changes a locked activity and returns it as it is now. */
export async function updateActivity(
  tx: Transaction,
  id: string,
  change: ActivityChange & Pick<Activity, 'watchAt'>,
  now: Date
): Promise<Activity> {
  const [row] = await tx.orm
    .update(activities)
    .set({ ...change, version: sql`${activities.version} + 1`, updatedAt: now })
    .where(isRecord(tx, activities, id))
    .returning()
  if (!row) throw new Error('a locked activity is gone')
  return toActivity(row)
}

/** Cancels what is planned for a locked lead, and returns it. */
export async function cancelPlanned(
  tx: Transaction,
  leadId: string,
  now: Date
): Promise<Activity[]> {
  const version = sql`${activities.version} + 1`
  const rows = await tx.orm
    .update(activities)
    .set({ state: 'cancelled', watchAt: null, version, updatedAt: now })
    .where(ofLeadIn(tx, leadId, 'planned'))
    .returning()
  return rows.map(toActivity)
}

/** The activities of a locked lead that were cancelled at a moment and not changed since, locked. */
export async function lockCancelledAt(
  tx: Transaction,
  leadId: string,
  at: Date
): Promise<Activity[]> {
  const rows = await tx.orm
    .select()
    .from(activities)
    .where(and(ofLeadIn(tx, leadId, 'cancelled'), eq(activities.updatedAt, at)))
    .orderBy(activities.id)
    .for('update')
  return rows.map(toActivity)
}

function ofLeadIn(tx: Transaction, leadId: string, state: ActivityState): SQL | undefined {
  return and(
    eq(activities.dealerId, tx.dealerId),
    eq(activities.leadId, leadId),
    eq(activities.state, state)
  )
}

/**
 * Hands a lead's activities from one client to another (null: to none), and returns which. `only`
 * narrows them to those named, `state` to those of a state.
 */
export async function reassignActivities(
  tx: Transaction,
  {
    leadId,
    from,
    to,
    only,
    state
  }: {
    leadId: string
    from: string | null
    to: string | null
    only?: readonly string[]
    state?: ActivityState
  },
  now: Date
): Promise<string[]> {
  const rows = await tx.orm
    .update(activities)
    .set({ clientId: to, version: sql`${activities.version} + 1`, updatedAt: now })
    .where(
      and(
        eq(activities.dealerId, tx.dealerId),
        eq(activities.leadId, leadId),
        from === null ? isNull(activities.clientId) : eq(activities.clientId, from),
        only && inArray(activities.id, [...only]),
        eqIfGiven(activities.state, state)
      )
    )
    .returning({ id: activities.id })
  return rows.map(({ id }) => id)
}

/** The planned activity of a type that a lead has for a client, or for none yet; the first that is due. */
export async function findPlannedOfLead(
  tx: Transaction,
  leadId: string,
  { type, clientId }: { type: ActivityType; clientId: string }
): Promise<Activity | null> {
  const [row] = await tx.orm
    .select()
    .from(activities)
    .where(
      and(
        eq(activities.dealerId, tx.dealerId),
        eq(activities.leadId, leadId),
        eq(activities.state, 'planned'),
        eq(activities.type, type),
        or(isNull(activities.clientId), eq(activities.clientId, clientId))
      )
    )
    .orderBy(activities.dueAt, activities.id)
    .limit(1)
  return row ? toActivity(row) : null
}

export async function deleteActivity(tx: Transaction, id: string): Promise<void> {
  await tx.orm.delete(activities).where(isRecord(tx, activities, id))
}

export function toActivity({
  dealerId: _,
  changedIn: _changed,
  ...activity
}: typeof activities.$inferSelect): Activity {
  return activity
}
