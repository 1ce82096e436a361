import { and, eq, inArray, isNotNull, isNull, lte, notInArray, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { leads, matchKeys, sources, statuses } from '../../database/schema.ts'
import type { LeadType } from '../../domain/leads/lead.ts'
import { OPEN_GROUPS } from '../../domain/leads/status-groups.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { Temperature } from '../../domain/leads/temperature.ts'
import { codeKey } from '../../domain/search/record-keys.ts'
import { isClient } from '../clients/survivors.ts'
import { findMatchingRecords } from './search.ts'
import { eqIfGiven, given, gteIfGiven, ltIfGiven } from '../filters.ts'

/** The filters of a list of leads. A record must match all given filters. */
export interface LeadFilter {
  status?: string | undefined
  statusGroup?: StatusGroup | undefined
  source?: string | undefined
  assignee?: string | undefined
  queue?: string | undefined
  promoter?: string | undefined
  /** The import that made them. */
  import?: string | undefined
  client?: string | undefined
  type?: LeadType | undefined
  temperature?: Temperature | undefined
  unassigned?: boolean | undefined
  quarantined?: boolean | undefined
  isTest?: boolean | undefined
  /** Whether its response deadline passed without an action, as of `now`. */
  overdue?: { is: boolean; now: Date } | undefined
  make?: string | undefined
  model?: string | undefined
  stockNumber?: string | undefined
  vin?: string | undefined
  externalId?: string | undefined
  createdFrom?: Date | undefined
  createdTo?: Date | undefined
  q?: string | undefined
  duplicateOf?: string | undefined
}

/**
 * The filter as conditions on `leads`. Groups and sources are looked up first: with their ids before
 * it the planner knows how many leads they have, and takes the index that fits.
 */
export async function leadConditions(
  tx: Transaction,
  filter: LeadFilter
): Promise<(SQL | undefined)[]> {
  const { q, createdFrom, createdTo, unassigned, quarantined } = filter
  return [
    await statusCondition(tx, filter),
    await sourceCondition(tx, filter),
    eqIfGiven(leads.assigneeId, filter.assignee),
    eqIfGiven(leads.queueId, filter.queue),
    eqIfGiven(leads.promoterId, filter.promoter),
    eqIfGiven(leads.importId, filter.import),
    given(filter.client, (id) => isClient(tx, leads.clientId, id)),
    eqIfGiven(leads.duplicateOfId, filter.duplicateOf),
    eqIfGiven(leads.type, filter.type),
    eqIfGiven(leads.temperature, filter.temperature),
    eqIfGiven(leads.isTest, filter.isTest),
    given(unassigned, (is) => (is ? isNull(leads.assigneeId) : isNotNull(leads.assigneeId))),
    given(quarantined, (is) =>
      is ? isNotNull(leads.quarantineReason) : isNull(leads.quarantineReason)
    ),
    ...CODES.map((code) => given(filter[code], (text) => hasKey(tx, codeKey(code, text)))),
    await overdueCondition(tx, filter),
    gteIfGiven(leads.receivedAt, createdFrom),
    ltIfGiven(leads.receivedAt, createdTo),
    q === undefined ? undefined : inArray(leads.id, await findMatchingRecords(tx, 'lead', q))
  ]
}

/** The filters that compare a key of the lead. */
const CODES = ['make', 'model', 'stockNumber', 'vin', 'externalId'] as const

function hasKey(tx: Transaction, key: string): SQL {
  return inArray(
    leads.id,
    tx.orm
      .select({ id: matchKeys.recordId })
      .from(matchKeys)
      .where(
        and(
          eq(matchKeys.dealerId, tx.dealerId),
          eq(matchKeys.key, key),
          eq(matchKeys.recordType, 'lead')
        )
      )
  )
}

/** Deleted leads are hidden unless their status or group is asked for. */
async function statusCondition(
  tx: Transaction,
  { status, statusGroup }: LeadFilter
): Promise<SQL | undefined> {
  const rows = await tx.orm
    .select({ id: statuses.id })
    .from(statuses)
    .where(and(eq(statuses.dealerId, tx.dealerId), eq(statuses.group, statusGroup ?? 'deleted')))
  const ofGroup = rows.map(({ id }) => id)
  const isOne = eqIfGiven(leads.statusId, status)
  if (statusGroup !== undefined) return and(isOne, inArray(leads.statusId, ofGroup))
  return isOne ?? notInArray(leads.statusId, ofGroup)
}

/** Closed leads have no response deadline, even if one is stored. */
async function overdueCondition(
  tx: Transaction,
  { overdue }: LeadFilter
): Promise<SQL | undefined> {
  if (overdue === undefined) return undefined
  const rows = await tx.orm
    .select({ id: statuses.id })
    .from(statuses)
    .where(and(eq(statuses.dealerId, tx.dealerId), inArray(statuses.group, [...OPEN_GROUPS])))
  const open = rows.map(({ id }) => id)
  const isLate = and(
    isNotNull(leads.respondBy),
    lte(leads.respondBy, overdue.now),
    inArray(leads.statusId, open)
  )
  return overdue.is ? isLate : sql`not coalesce(${isLate}, false)`
}

async function sourceCondition(tx: Transaction, { source }: LeadFilter): Promise<SQL | undefined> {
  if (source === undefined) return undefined
  const rows = await tx.orm
    .select({ id: sources.id })
    .from(sources)
    .where(and(eq(sources.dealerId, tx.dealerId), eq(sources.key, source)))
  const ids = rows.map(({ id }) => id)
  return inArray(leads.sourceId, ids)
}
