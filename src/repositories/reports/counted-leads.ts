import { and, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { Measure } from '../../domain/reports/measure.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import { listLeadsWhere } from '../leads/leads.ts'
import type { Page, PageRequest } from '../paging.ts'
import { deletionReason, measureCondition } from './measures.ts'
import { countedLeads } from './report-filter.ts'

/**
 * One page of the leads behind a number: those that the report counts and of which the measure
 * holds; by `reason`, those last deleted for it.
 */
export async function listCountedLeads(
  tx: Transaction,
  filter: ReportFilter,
  { measure, reason }: { measure: Measure; reason?: string | undefined },
  page: PageRequest
): Promise<Page<Lead>> {
  const condition = and(
    countedLeads(tx, filter),
    measureCondition(tx, measure),
    reason === undefined ? undefined : sql`coalesce(${deletionReason()}, '') = ${reason}`
  )
  return await listLeadsWhere(tx, condition, page)
}
