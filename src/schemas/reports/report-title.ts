import type { ReportFilter } from '../../domain/reports/report.ts'
import type { ReportName } from '../../wording/charts.ts'

/** A report's title with what narrows it, as a chart shows it. */
export function reportTitle(
  name: ReportName,
  { period, sources, team, user }: ReportFilter
): string {
  const ofSources = sources?.map(({ name }) => name) ?? []
  const narrowed = [...ofSources, team, user?.name].filter((word) => typeof word === 'string')
  return [`${name}, ${period.from} to ${period.to}`, ...narrowed].join(', ')
}
