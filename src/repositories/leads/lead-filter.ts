import { and, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

import { inArray, notInArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { leads, matchKeys } from '../../database/schema.ts'
import { TEXT_REASON } from '../../domain/leads/lead-count.ts'
import type { LeadType } from '../../domain/leads/lead.ts'
import { AWAITED_GROUPS, OPEN_GROUPS } from '../../domain/leads/status-groups.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { Temperature } from '../../domain/leads/temperature.ts'
import { codeKey } from '../../domain/search/record-keys.ts'
import { isClient } from '../clients/survivors.ts'
import { isPastDeadline } from '../clock/deadlines.ts'
import { namesOf } from '../dealers/dealer-names.ts'
import { findMatchingRecords } from './search.ts'
import { eqIfGiven, given, gteIfGiven, inIfGiven, ltIfGiven } from '../filters.ts'

/** The filters of a list of leads. A record must match all given filters. */
export interface LeadFilter {
  /** Ids, as of all lists: a lead has one of them. */
  status?: readonly string[] | undefined
  statusGroup?: readonly StatusGroup[] | undefined
  statusReason?: readonly string[] | undefined
  source?: readonly string[] | undefined
  assignee?: readonly string[] | undefined
  queue?: readonly string[] | undefined
  promoter?: readonly string[] | undefined
  /** The import that made them. */
  import?: string | undefined
  client?: string | undefined
  /** The client is one that the caller sees, and its leads are listed as parts of it. */
  isClientSeen?: boolean | undefined
  type?: readonly LeadType[] | undefined
  temperature?: readonly Temperature[] | undefined
  unassigned?: boolean | undefined
  quarantined?: boolean | undefined
  isTest?: boolean | undefined
  /** Whether its response deadline passed without an action, as of `now`. */
  overdue?: { is: boolean; now: Date } | undefined
  make?: readonly string[] | undefined
  model?: readonly string[] | undefined
  stockNumber?: readonly string[] | undefined
  vin?: readonly string[] | undefined
  plate?: readonly string[] | undefined
  externalId?: readonly string[] | undefined
  createdFrom?: Date | undefined
  createdTo?: Date | undefined
  updatedFrom?: Date | undefined
  updatedTo?: Date | undefined
  /** Deleted leads are listed, too. */
  withDeleted?: boolean | undefined
  q?: string | undefined
  duplicateOf?: string | undefined
}

/**
 * The filter as conditions on `leads`. Groups are looked up first: with their ids before it the
 * planner knows how many leads they have, and takes the index that fits.
 */
export async function leadConditions(
  tx: Transaction,
  filter: LeadFilter
): Promise<(SQL | undefined)[]> {
  const { q, createdFrom, createdTo, unassigned, quarantined } = filter
  return [
    await statusCondition(tx, filter),
    given(filter.statusReason, hasReason),
    inIfGiven(leads.sourceId, filter.source),
    inIfGiven(leads.assigneeId, filter.assignee),
    await queueCondition(tx, filter),
    inIfGiven(leads.promoterId, filter.promoter),
    eqIfGiven(leads.importId, filter.import),
    given(filter.client, (id) => isClient(tx, leads.clientId, id)),
    eqIfGiven(leads.duplicateOfId, filter.duplicateOf),
    inIfGiven(leads.type, filter.type),
    inIfGiven(leads.temperature, filter.temperature),
    eqIfGiven(leads.isTest, filter.isTest),
    given(unassigned, (is) => (is ? isNull(leads.assigneeId) : isNotNull(leads.assigneeId))),
    given(quarantined, (is) =>
      is ? isNotNull(leads.quarantineReason) : isNull(leads.quarantineReason)
    ),
    ...CODES.map((code) => given(filter[code], (texts) => hasKey(tx, code, texts))),
    await overdueCondition(tx, filter),
    gteIfGiven(leads.receivedAt, createdFrom),
    ltIfGiven(leads.receivedAt, createdTo),
    gteIfGiven(leads.updatedAt, filter.updatedFrom),
    ltIfGiven(leads.updatedAt, filter.updatedTo),
    // No lead changes before it is received: a list by that time begins there.
    ltIfGiven(leads.receivedAt, filter.updatedTo),
    q === undefined
      ? undefined
      : inArray(
          leads.id,
          (await findMatchingRecords(tx, 'lead', q)).map(({ id }) => id)
        )
  ]
}

/** In which way the filter names a client, if it does. */
export function clientOf({ client, isClientSeen }: LeadFilter): 'seen' | 'filter' | undefined {
  if (client === undefined) return undefined
  return isClientSeen === true ? 'seen' : 'filter'
}

/** Leads with one of these reasons of the list, or with a text of their own instead. */
function hasReason(reasons: readonly string[]): SQL | undefined {
  const ids = reasons.filter((id) => id !== TEXT_REASON)
  const isListed = inArray(leads.statusReasonId, ids)
  if (ids.length === reasons.length) return isListed
  const isText = and(isNull(leads.statusReasonId), isNotNull(leads.statusReasonText))
  return ids.length === 0 ? isText : or(isListed, isText)
}

/** How many ids a page begins at, at most: each is a look-up of its own. */
const MAX_LEADING = 20

/** A list of the filter that has an index of its own, in the order of pages. */
export interface FilterList {
  column: PgColumn
  ids: readonly string[]
}

/**
 * Of lists with several ids, the one to begin a page at, or null. For one id the planner finds the
 * index itself; for several it would sort all their leads, or walk through those of the dealer.
 */
export function leadingList({
  assignee,
  queue,
  promoter,
  statusReason,
  source,
  status
}: LeadFilter): FilterList | null {
  const lists = [
    { column: leads.assigneeId, ids: assignee },
    { column: leads.queueId, ids: queue },
    { column: leads.promoterId, ids: promoter },
    {
      column: leads.statusReasonId,
      ids: statusReason?.includes(TEXT_REASON) ? undefined : statusReason
    },
    { column: leads.sourceId, ids: source },
    { column: leads.statusId, ids: status }
  ]
  const several = lists.find(
    ({ ids }) => ids !== undefined && ids.length > 1 && ids.length <= MAX_LEADING
  )
  return several?.ids ? { column: several.column, ids: several.ids } : null
}

/** The filters that compare a key of the lead. */
const CODES = ['make', 'model', 'stockNumber', 'vin', 'plate', 'externalId'] as const

function hasKey(tx: Transaction, code: (typeof CODES)[number], texts: readonly string[]): SQL {
  const keys = [...new Set(texts.map((text) => codeKey(code, text)))]
  return inArray(
    leads.id,
    tx.orm
      .select({ id: matchKeys.recordId })
      .from(matchKeys)
      .where(
        and(
          eq(matchKeys.dealerId, tx.dealerId),
          inArray(matchKeys.key, keys),
          eq(matchKeys.recordType, 'lead')
        )
      )
  )
}

/**
 * Leads that wait in queues: without an assignee, as the index has them, and for work. One that was
 * closed or got a client meanwhile waits for none.
 */
async function queueCondition(tx: Transaction, { queue }: LeadFilter): Promise<SQL | undefined> {
  if (queue === undefined) return undefined
  const waiting = await statusIdsOf(tx, AWAITED_GROUPS)
  return and(
    inArray(leads.queueId, [...queue]),
    isNull(leads.assigneeId),
    isNull(leads.clientId),
    inArray(leads.statusId, waiting)
  )
}

/** The ids of the dealer's statuses of these groups: few. */
export async function statusIdsOf(
  tx: Transaction,
  groups: readonly StatusGroup[]
): Promise<string[]> {
  const { statuses } = await namesOf(tx)
  return [...statuses.values()].filter(({ group }) => groups.includes(group)).map(({ id }) => id)
}

/** Deleted leads are hidden unless their status, their group or reasons of the list are asked for. */
async function statusCondition(
  tx: Transaction,
  { status, statusGroup, statusReason, withDeleted }: LeadFilter
): Promise<SQL | undefined> {
  // A reason of the list is of one group: those of deleted leads name deleted ones.
  const namesReasons = statusReason !== undefined && !statusReason.includes(TEXT_REASON)
  const showsDeleted = withDeleted === true || namesReasons
  if (showsDeleted && status === undefined && statusGroup === undefined) return undefined
  const ofGroup = await statusIdsOf(tx, statusGroup ?? ['deleted'])
  const isOne = inIfGiven(leads.statusId, status)
  if (statusGroup !== undefined) return and(isOne, inArray(leads.statusId, ofGroup))
  return isOne ?? notInArray(leads.statusId, ofGroup)
}

/** Closed leads have no response deadline, even if one is stored. */
async function overdueCondition(
  tx: Transaction,
  { overdue }: LeadFilter
): Promise<SQL | undefined> {
  if (overdue === undefined) return undefined
  const open = await statusIdsOf(tx, OPEN_GROUPS)
  const isLate = and(isPastDeadline(tx, overdue.now), inArray(leads.statusId, open))
  return overdue.is ? isLate : sql`not coalesce(${isLate}, false)`
}
