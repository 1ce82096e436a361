import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray, notInArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { leadCounts, leads } from '../../database/schema.ts'
import type { CountedBy } from '../../domain/leads/lead-count.ts'
import { AWAITED_GROUPS } from '../../domain/leads/status-groups.ts'
import { eqIfGiven, given, inIfGiven } from '../filters.ts'
import { statusIdsOf } from './lead-filter.ts'
import type { LeadFilter } from './lead-filter.ts'

/** The filters that `lead_counts` can answer. */
const SUMMED = new Set<string>([
  'status',
  'statusGroup',
  'source',
  'assignee',
  'queue',
  'type',
  'temperature',
  'unassigned',
  'quarantined',
  'isTest'
] satisfies (keyof LeadFilter)[])

/** Whether sums know all that a filter asks. */
export function isSummable(filter: LeadFilter): boolean {
  return Object.entries(filter).every(([name, value]) => value === undefined || SUMMED.has(name))
}

/** Sums have no reasons: see `countReasons`. */
export type SummedBy = Exclude<CountedBy, 'statusReason'>

/** Groups are counted by their statuses. */
const COLUMNS = {
  status: 'statusId',
  statusGroup: 'statusId',
  queue: 'queueId',
  assignee: 'assigneeId',
  source: 'sourceId',
  temperature: 'temperature'
} as const satisfies Record<SummedBy, string>

export interface Counted {
  value: string | null
  count: number
}

/** Counts by sums. */
export async function sumCounts(
  tx: Transaction,
  by: SummedBy,
  filter: LeadFilter,
  only?: SQL
): Promise<Counted[]> {
  const counted = await countedValue(tx, by, leadCounts)
  const value = sql<string | null>`${counted}`.as('value')
  const sum = sql<number>`sum(${leadCounts.leads})::int`
  return await tx.filterOrm
    .select({ value, count: sum })
    .from(leadCounts)
    .where(and(eq(leadCounts.dealerId, tx.dealerId), only, ...(await sumConditions(tx, filter))))
    .groupBy(sql`1`)
    .having(sql`${sum} <> 0`)
}

/** The conditions of `leadConditions` on sums. */
export async function sumConditions(
  tx: Transaction,
  filter: LeadFilter
): Promise<(SQL | undefined)[]> {
  const { queue, unassigned, statusGroup, status } = filter
  const ofGroup = await statusIdsOf(tx, statusGroup ?? ['deleted'])
  const waiting = queue === undefined ? [] : await statusIdsOf(tx, AWAITED_GROUPS)
  const isHidden = statusGroup === undefined && status === undefined
  return [
    inIfGiven(leadCounts.statusId, status),
    statusGroup === undefined ? undefined : inArray(leadCounts.statusId, ofGroup),
    isHidden ? notInArray(leadCounts.statusId, ofGroup) : undefined,
    inIfGiven(leadCounts.sourceId, filter.source),
    inIfGiven(leadCounts.assigneeId, filter.assignee),
    given(queue, (ids) =>
      and(
        inArray(leadCounts.queueId, [...ids]),
        isNull(leadCounts.assigneeId),
        inArray(leadCounts.statusId, waiting)
      )
    ),
    given(unassigned, (is) => (is ? isNull : isNotNull)(leadCounts.assigneeId)),
    inIfGiven(leadCounts.type, filter.type),
    inIfGiven(leadCounts.temperature, filter.temperature),
    eqIfGiven(leadCounts.isTest, filter.isTest),
    eqIfGiven(leadCounts.isQuarantined, filter.quarantined)
  ]
}

/** A lead is counted with the queue in which it waits: one that is closed or has a client waits in none. */
export async function countedValue(
  tx: Transaction,
  by: SummedBy,
  table: typeof leads | typeof leadCounts
): Promise<SQL> {
  if (by !== 'queue') return sql`${table[COLUMNS[by]]}`
  const waiting = inArray(table.statusId, await statusIdsOf(tx, AWAITED_GROUPS))
  // Sums of leads with a client have no queue.
  const waits = table === leads ? and(waiting, isNull(leads.clientId)) : waiting
  return sql`case when ${waits} then ${table.queueId} end`
}
