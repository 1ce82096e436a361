import type { Transaction } from '../../../database/client.ts'
import { workingCalendar } from '../../../domain/clock/working-calendar.ts'
import type { Dealer } from '../../../domain/dealers/dealer.ts'
import type { ReportFilter } from '../../../domain/reports/report.ts'
import { responseRows } from '../../../domain/reports/response-times.ts'
import type {
  FoundTimes,
  ResponseBreakdown,
  ResponseRow
} from '../../../domain/reports/response-times.ts'
import { findNames } from '../../../repositories/names.ts'
import { measureResponseTimes } from '../../../repositories/reports/response-times.ts'
import { findReportSources } from '../../../repositories/reports/source-counts.ts'

/** How fast people acted on the leads of a period, in all and row by row. */
export async function reportResponseTimes(
  tx: Transaction,
  {
    filter,
    dealer,
    by,
    now
  }: { filter: ReportFilter; dealer: Dealer; by: ResponseBreakdown | null; now: Date }
): Promise<{ total: ResponseRow; rows: ResponseRow[] }> {
  const span = { from: filter.period.start.getTime(), until: now.getTime() }
  const calendar = workingCalendar(dealer.workingHours, dealer.timeZone, span)
  const found = await measureResponseTimes(tx, { filter, by, calendar, now })
  const names = {
    sources: by === 'source' ? await findReportSources(tx, filter) : [],
    users: await findNames(tx, by === 'user' ? keysOf(found) : [])
  }
  return responseRows(filter, by, { found, names })
}

function keysOf(found: readonly FoundTimes[]): string[] {
  return found.flatMap(({ key }) => (key === null ? [] : [key]))
}
