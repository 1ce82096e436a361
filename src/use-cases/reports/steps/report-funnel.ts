import type { Transaction } from '../../../database/client.ts'
import { funnelReport } from '../../../domain/reports/funnel.ts'
import type { FunnelReport } from '../../../domain/reports/funnel.ts'
import type { ReportFilter } from '../../../domain/reports/report.ts'
import { findPassedStatuses, measureFunnel } from '../../../repositories/reports/funnel.ts'

/** How far the leads of a period came, and how long they stood where. */
export async function reportFunnel(
  tx: Transaction,
  { filter, now }: { filter: ReportFilter; now: Date }
): Promise<FunnelReport> {
  const found = await measureFunnel(tx, filter, now)
  return funnelReport(found, await findPassedStatuses(tx, [...found.entered.keys()]))
}
