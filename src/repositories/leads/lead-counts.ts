import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray, notInArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import {
  leadCounts,
  leads,
  queues,
  sources,
  statusReasons,
  statuses,
  users
} from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { MAX_COUNTED, TEXT_REASON } from '../../domain/leads/lead-count.ts'
import type { CountedBy, LeadCount, LeadCounts } from '../../domain/leads/lead-count.ts'
import {
  AWAITED_GROUPS,
  PROTECTED_GROUPS,
  STATUS_GROUPS
} from '../../domain/leads/status-groups.ts'
import { TEMPERATURES } from '../../domain/leads/temperature.ts'
import { pageOrder } from '../paging.ts'
import { clientOf, leadConditions, statusIdsOf } from './lead-filter.ts'
import type { LeadFilter } from './lead-filter.ts'
import { countedValue, isSummable, sumCounts } from './lead-sums.ts'
import type { Counted, SummedBy } from './lead-sums.ts'
import { seesConverted } from '../visibility.ts'
import { onPageBeside, onVisiblePage } from './visible-leads.ts'

/** How many leads have each value, of those that this caller sees and that match the filter. */
export async function countLeads(
  tx: Transaction,
  principal: TenantPrincipal,
  { by, filter }: { by: CountedBy; filter: LeadFilter }
): Promise<LeadCounts> {
  const sums = isSummable(filter) && (seesAll(principal) || principal.kind === 'user')
  const { counts, isExact } =
    by === 'statusReason'
      ? await countReasons(tx, principal, { filter, sums })
      : sums
        ? await countSeen(tx, principal, by, filter)
        : await countRows(tx, principal, { value: await countedValue(tx, by, leads), filter })
  const found = new Map(counts.map(({ value, count }) => [value, count]))
  const data = await nameValues(tx, { by, filter }, found)
  return { data, total: totalOf(counts), isExact }
}

function totalOf(counts: readonly Counted[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0)
}

/**
 * Leads with a reason are few, and counted themselves. Those without are the rest of all, where sums
 * say how many there are; otherwise they are counted apart, so that they leave none of the others out.
 */
async function countReasons(
  tx: Transaction,
  principal: TenantPrincipal,
  { filter, sums }: { filter: LeadFilter; sums: boolean }
): Promise<{ counts: Counted[]; isExact: boolean }> {
  const hasReason = sql`(${leads.statusReasonId} is not null or ${leads.statusReasonText} is not null)`
  const value = sql`case when ${leads.statusReasonId} is not null then ${leads.statusReasonId}::text
    when ${leads.statusReasonText} is not null then ${TEXT_REASON} end`
  const given = await countRows(tx, principal, { value, filter, only: hasReason })
  if (!sums) {
    const none = await countRows(tx, principal, { value, filter, only: sql`not ${hasReason}` })
    return {
      counts: [...given.counts, ...none.counts],
      isExact: given.isExact && none.isExact
    }
  }
  const all = await countSeen(tx, principal, 'status', filter)
  const count = totalOf(all.counts) - totalOf(given.counts)
  return {
    counts: [...given.counts, { value: null, count }],
    isExact: given.isExact && all.isExact
  }
}

/**
 * Sums of what a caller sees. Of a member, those of the leads they have and of those that wait in their
 * queues; the few others that they see are counted one by one.
 */
async function countSeen(
  tx: Transaction,
  principal: TenantPrincipal,
  by: SummedBy,
  filter: LeadFilter
): Promise<{ counts: Counted[]; isExact: boolean }> {
  if (seesAll(principal) || principal.kind === 'key') {
    return { counts: await sumCounts(tx, by, filter), isExact: true }
  }
  const converted = seesConverted(principal) ? [] : await statusIdsOf(tx, PROTECTED_GROUPS)
  const waits = and(
    isNull(leadCounts.assigneeId),
    inArray(leadCounts.queueId, [...principal.queueIds]),
    inArray(leadCounts.statusId, await statusIdsOf(tx, AWAITED_GROUPS))
  )
  const isTheirs = and(
    or(eq(leadCounts.assigneeId, principal.id), waits),
    converted.length === 0 ? undefined : notInArray(leadCounts.statusId, converted)
  )
  const counts = await sumCounts(tx, by, filter, isTheirs)
  const others = await countNewest(tx, {
    value: await countedValue(tx, by, leads),
    where: onPageBeside(
      tx,
      principal,
      { conditions: await leadConditions(tx, filter), statusIds: converted },
      NEWEST
    )
  })
  return { counts: addCounts(counts, others.counts), isExact: others.isExact }
}

function addCounts(some: readonly Counted[], others: readonly Counted[]): Counted[] {
  const sums = new Map(some.map(({ value, count }) => [value, count]))
  for (const { value, count } of others) sums.set(value, (sums.get(value) ?? 0) + count)
  return [...sums].map(([value, count]) => ({ value, count }))
}

/** The leads that are counted one by one. */
const NEWEST = { limit: MAX_COUNTED - 1, after: null, descending: true }

/** Counts the newest leads themselves, as far as a count may go. */
async function countRows(
  tx: Transaction,
  principal: TenantPrincipal,
  { value, filter, only }: { value: SQL; filter: LeadFilter; only?: SQL }
): Promise<{ counts: Counted[]; isExact: boolean }> {
  const conditions = [...(await leadConditions(tx, filter)), only]
  const client = clientOf(filter)
  const where = onVisiblePage(tx, principal, { conditions, list: null, client }, NEWEST)
  return await countNewest(tx, { value, where })
}

async function countNewest(
  tx: Transaction,
  { value, where }: { value: SQL; where: SQL | undefined }
): Promise<{ counts: Counted[]; isExact: boolean }> {
  const newest = tx.filterOrm
    .select({ value: sql<string | null>`${value}`.as('value') })
    .from(leads)
    .where(where)
    .orderBy(...pageOrder(leads.receivedAt, leads.id, NEWEST))
    .limit(MAX_COUNTED)
    .as('newest')
  const counts = await tx.filterOrm
    .select({ value: newest.value, count: sql<number>`count(*)::int` })
    .from(newest)
    .groupBy(newest.value)
  return { counts, isExact: totalOf(counts) < MAX_COUNTED }
}

/** Closed lists are shown whole, also where no lead has a value. */
async function nameValues(
  tx: Transaction,
  { by, filter }: { by: CountedBy; filter: LeadFilter },
  found: ReadonlyMap<string | null, number>
): Promise<LeadCount[]> {
  const row = (value: string | null, name: string | null) => ({
    value,
    name,
    count: found.get(value) ?? 0
  })
  if (by === 'status' || by === 'statusGroup') return await nameStatuses(tx, by, filter, found)
  const none = (found.get(null) ?? 0) > 0 ? [row(null, null)] : []
  if (by === 'temperature') return [...TEMPERATURES.map((word) => row(word, word)), ...none]
  const other = found.has(TEXT_REASON) ? [row(TEXT_REASON, TEXT_REASON)] : []
  const ids = [...found.keys()].filter((id) => id !== null && id !== TEXT_REASON)
  const table = { queue: queues, assignee: users, source: sources, statusReason: statusReasons }[by]
  const names = await tx.orm
    .select({ id: table.id, name: table.name })
    .from(table)
    .where(and(eq(table.dealerId, tx.dealerId), inArray(table.id, ids)))
    .orderBy(asc(table.name))
  return [...names.map(({ id, name }) => row(id, name)), ...other, ...none]
}

async function nameStatuses(
  tx: Transaction,
  by: 'status' | 'statusGroup',
  { status, statusGroup }: LeadFilter,
  found: ReadonlyMap<string | null, number>
): Promise<LeadCount[]> {
  const rows = await tx.orm
    .select({ id: statuses.id, name: statuses.name, group: statuses.group })
    .from(statuses)
    .where(eq(statuses.dealerId, tx.dealerId))
    .orderBy(asc(statuses.position), asc(statuses.id))
  const shown = rows.filter(({ id, group }) => {
    if (status !== undefined && !status.includes(id)) return false
    if (statusGroup !== undefined) return statusGroup.includes(group)
    return status !== undefined || group !== 'deleted' || (found.get(id) ?? 0) > 0
  })
  if (by === 'status') {
    return shown.map(({ id, name }) => ({ value: id, name, count: found.get(id) ?? 0 }))
  }
  return STATUS_GROUPS.filter((word) => shown.some(({ group }) => group === word)).map((word) => {
    const counts = shown.flatMap(({ id, group }) => (group === word ? [found.get(id) ?? 0] : []))
    return { value: word, name: word, count: counts.reduce((sum, count) => sum + count, 0) }
  })
}

/** How many rows are there before they are folded: fewer cost a count nothing. */
const MIN_UNFOLDED = 200

const FOLD = statement(
  'fold-lead-counts',
  { least: 'integer' },
  `with taken as (
     delete from lead_counts c where c.dealer_id = :dealerId
       and :least <= (select count(*) from lead_counts u where u.dealer_id = :dealerId and not u.is_folded)
     returning c.*
   ), sums as (
     insert into lead_counts (dealer_id, status_id, source_id, assignee_id, queue_id, temperature, type,
       is_test, is_quarantined, leads, is_folded)
     select dealer_id, status_id, source_id, assignee_id, queue_id, temperature, type, is_test,
       is_quarantined, sum(leads), true
     from taken group by 1, 2, 3, 4, 5, 6, 7, 8, 9 having sum(leads) <> 0
   )
   select count(*)::int as folded from taken where not is_folded`
).returning<{ folded: number }>()

/** Replaces rows of counts by their sums, and returns how many there were. */
export async function foldLeadCounts(tx: Transaction): Promise<number> {
  const [row] = await tx.run(FOLD, { least: MIN_UNFOLDED })
  return row?.folded ?? 0
}
