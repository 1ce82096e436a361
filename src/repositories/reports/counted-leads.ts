import { and, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { leads } from '../../database/schema.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { Measure } from '../../domain/reports/measure.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import { listLeadsWhere } from '../leads/lead-pages.ts'
import type { Page, PageRequest } from '../paging.ts'
import { deletionReason, measureCondition } from './measures.ts'
import { countedLeads } from './report-filter.ts'
import { eqIfGiven, given } from '../filters.ts'

/** Which of a report's numbers it is: its measure, and what its row is about. */
interface CountedRow {
  measure: Measure
  /** Why they were last deleted; empty without a reason. */
  reason?: string | undefined
  promoter?: string | undefined
  referralLink?: string | undefined
}

/**
 * One page of the leads behind a number: those that the report counts and of which the measure
 * holds.
 */
export async function listCountedLeads(
  tx: Transaction,
  filter: ReportFilter,
  { measure, reason, promoter, referralLink }: CountedRow,
  page: PageRequest
): Promise<Page<Lead>> {
  const condition = and(
    countedLeads(tx, filter),
    measureCondition(tx, measure),
    eqIfGiven(leads.promoterId, promoter),
    eqIfGiven(leads.referralLinkId, referralLink),
    given(reason, (one) => sql`coalesce(${deletionReason()}, '') = ${one}`)
  )
  return await listLeadsWhere(tx, condition, page)
}
