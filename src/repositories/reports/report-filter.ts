import { and, eq, gte, lt, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { leads, statuses, users } from '../../database/schema.ts'
import type { Team } from '../../domain/access/permissions.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import { eqIfGiven, given, inIfGiven } from '../filters.ts'
import { visibleLeads } from '../visibility.ts'
import { wasHeldBy } from './holders.ts'

/**
 * The condition on `leads` of those that a report counts: its cohort. A lead is about each user who had
 * it at any time, so that what they did with it stays theirs when another user gets it.
 */
export function countedLeads(tx: Transaction, filter: ReportFilter): SQL | undefined {
  return and(periodLeads(tx, filter), wasHeld(tx, filter))
}

/** Those of all users that the caller sees: the leads that a report of what each user did begins with. */
export function receivedLeads(
  tx: Transaction,
  filter: Pick<ReportFilter, 'period' | 'sources' | 'principal'>
): SQL | undefined {
  return and(periodLeads(tx, filter), visibleLeads(filter.principal))
}

/** The leads received in the period, of any user and before what the caller sees. */
export function periodLeads(
  tx: Transaction,
  { period, sources }: Pick<ReportFilter, 'period' | 'sources'>
): SQL | undefined {
  return and(
    placedLeads(tx, { sources, team: null, user: null }),
    gte(leads.receivedAt, period.start),
    lt(leads.receivedAt, period.end)
  )
}

/** Leads, whenever they were received, by who has them now. */
export function placedLeads(
  tx: Transaction,
  { sources, team, user }: Pick<ReportFilter, 'sources' | 'team' | 'user'>
): SQL | undefined {
  return and(
    eq(leads.dealerId, tx.dealerId),
    eq(leads.isTest, false),
    inIfGiven(
      leads.sourceId,
      sources?.map(({ id }) => id)
    ),
    user ? eq(leads.assigneeId, user.id) : undefined,
    given(team, (one) => sql`${leads.assigneeId} = any(${ofTeam(tx, one)})`)
  )
}

/**
 * The users that the filter is about, as an array that is looked up once for a statement; null: all
 * users.
 */
export function filterUsers(
  tx: Transaction,
  { team, user }: Pick<ReportFilter, 'team' | 'user'>
): SQL | null {
  if (user && team === null) return sql`array[${user.id}]::uuid[]`
  return team === null ? null : ofTeam(tx, team, user?.id)
}

function ofTeam(tx: Transaction, team: Team, userId?: string): SQL {
  const members = tx.orm
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.dealerId, tx.dealerId), eq(users.team, team), eqIfGiven(users.id, userId)))
  return sql`array(${members})`
}

/** Leads that one of the filter's users had at any time, and that the caller sees. */
function wasHeld(tx: Transaction, filter: ReportFilter): SQL | undefined {
  const held = filterUsers(tx, filter)
  return held === null ? undefined : and(wasHeldBy(LEAD, held), visibleLeads(filter.principal))
}

/** The lead of a query of `leads`. */
export const LEAD = {
  dealerId: sql`${leads.dealerId}`,
  id: sql`${leads.id}`,
  assigneeId: sql`${leads.assigneeId}`
}

/** Leads in a status of these groups. As an array the statuses are looked up once. */
export function isInGroup(tx: Transaction, groups: readonly StatusGroup[]): SQL {
  const ofGroups = tx.orm
    .select({ id: statuses.id })
    .from(statuses)
    .where(and(eq(statuses.dealerId, tx.dealerId), inArray(statuses.group, [...groups])))
  return sql`${leads.statusId} = any(array(${ofGroups}))`
}
