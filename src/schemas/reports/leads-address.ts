import { Type } from '@fastify/type-provider-typebox'

import type { ReportFilter } from '../../domain/reports/report.ts'

/** The address of the leads behind a row's numbers; shown in each row of a report. */
export const LeadsAddress = Type.String({
  description:
    'The path of the list of the row’s leads. Add `&measure=` and the name of a number to ' +
    'list the leads of that number. Without it the list has the received leads.'
})

/** Where `listCountedLeads` is. */
const COUNTED_LEADS = '/v1/reports/leads'

/**
 * The path of the leads that a filter lets through. What a row narrows further is in `filter` where
 * it is a source or days, and otherwise in `row`; `path` is where they are listed.
 */
export function leadsAddress(
  { period, sources, team, user }: ReportFilter,
  row: Record<string, string> = {},
  path = COUNTED_LEADS
): string {
  const query = new URLSearchParams({ from: period.from, to: period.to })
  if (sources) query.set('source', sources.map(({ key }) => key).join(','))
  if (team !== null) query.set('team', team)
  if (user) query.set('user', user.id)
  for (const [name, value] of Object.entries(row)) query.set(name, value)
  return `${path}?${query.toString()}`
}
