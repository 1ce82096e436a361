import { and } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { Measure } from '../../domain/reports/measure.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import { listLeadsWhere } from '../leads/leads.ts'
import type { Page, PageRequest } from '../paging.ts'
import { measureCondition } from './measures.ts'
import { countedLeads } from './report-filter.ts'

/** One page of the leads behind a number: those that the report counts and of which the measure holds. */
export async function listCountedLeads(
  tx: Transaction,
  filter: ReportFilter,
  measure: Measure,
  page: PageRequest
): Promise<Page<Lead>> {
  const condition = and(countedLeads(tx, filter), measureCondition(tx, measure))
  return await listLeadsWhere(tx, condition, page)
}
