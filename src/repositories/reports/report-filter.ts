import { and, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { leads, statuses, users } from '../../database/schema.ts'
import type { Team } from '../../domain/access/permissions.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import { given } from '../filters.ts'

/** The condition on `leads` of those that a report counts: its cohort. */
export function countedLeads(tx: Transaction, { period, ...place }: ReportFilter): SQL | undefined {
  return and(
    placedLeads(tx, place),
    gte(leads.receivedAt, period.start),
    lt(leads.receivedAt, period.end)
  )
}

/** The same, whenever they were received. */
export function placedLeads(
  tx: Transaction,
  { source, team, user }: Omit<ReportFilter, 'period'>
): SQL | undefined {
  return and(
    eq(leads.dealerId, tx.dealerId),
    eq(leads.isTest, false),
    source ? eq(leads.sourceId, source.id) : undefined,
    user ? eq(leads.assigneeId, user.id) : undefined,
    given(team, (one) => ofTeam(tx, one))
  )
}

/** As an array the team's people are looked up once, and an index by assignee serves. */
function ofTeam(tx: Transaction, team: Team): SQL {
  const members = tx.orm
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.dealerId, tx.dealerId), eq(users.team, team)))
  return sql`${leads.assigneeId} = any(array(${members}))`
}

/** Leads in a status of these groups. As an array the statuses are looked up once. */
export function isInGroup(tx: Transaction, groups: readonly StatusGroup[]): SQL {
  const ofGroups = tx.orm
    .select({ id: statuses.id })
    .from(statuses)
    .where(and(eq(statuses.dealerId, tx.dealerId), inArray(statuses.group, [...groups])))
  return sql`${leads.statusId} = any(array(${ofGroups}))`
}
