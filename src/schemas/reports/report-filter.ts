import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { TEAMS } from '../../domain/access/permissions.ts'
import { MAX_PERIOD_YEARS } from '../../domain/reports/period.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import { Named, NamedList, NamedTeam } from '../named.ts'
import { Id, ReferenceSchema, closed, nullable, oneOf, ref } from '../shared.ts'

/** The counted leads, as a sentence for the descriptions of reports. */
export const REPORT_BASIS =
  'Counts the leads received in the period, by the day in the dealer’s time zone, and shows ' +
  'their progress until now. Test leads are not counted, deleted leads are. For a member, ' +
  '`user` is that member, and the report has only leads that the member sees.'

const Day = (description: string) =>
  Type.String({ pattern: /^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/u.source, description })

/** Query parameters by which every report is narrowed; all given ones hold. */
export const reportQuery = {
  from: Type.Optional(
    Day(
      'The first day, in the dealer’s time zone. Default: the first day of the month of ' +
        '`to`, otherwise of the current month.'
    )
  ),
  to: Type.Optional(
    Day(
      'The last day, included. Default: the last day of the month of `from`, otherwise of ' +
        `the current month. At most ${MAX_PERIOD_YEARS} years after \`from\`.`
    )
  ),
  source: Type.Optional(NamedList('source')),
  team: Type.Optional(NamedTeam('Only leads that a user of this team had at any time.')),
  user: Type.Optional(
    Named('user', 'Only leads that this user had at any time. Members can name only themselves.')
  )
}

const ReportPeriodSchema = Type.Object(
  {
    from: Type.String({ format: 'date', description: 'First day.' }),
    to: Type.String({ format: 'date', description: 'Last day.' }),
    timeZone: Type.String({ description: 'The dealer’s time zone.' })
  },
  {
    $id: 'ReportPeriod',
    ...closed,
    examples: [{ from: '2026-11-01', to: '2026-11-30', timeZone: 'Europe/Warsaw' }]
  }
)

const FilteredSourceSchema = (description?: string) =>
  Type.Object(
    { id: Id(), key: Type.String(), name: Type.String() },
    { ...closed, ...(description === undefined ? {} : { description }) }
  )

/** What a report without filters has. */
export const NO_FILTERS = { source: null, sources: null, team: null, user: null }

export const ReportFiltersSchema = Type.Object(
  {
    source: nullable(FilteredSourceSchema('The source, where the filter names one.')),
    sources: nullable(
      Type.Array(FilteredSourceSchema(), { description: 'All sources that the filter names.' })
    ),
    team: nullable(oneOf(TEAMS)),
    user: nullable(ref(ReferenceSchema))
  },
  {
    $id: 'ReportFilters',
    ...closed,
    description: 'The filters of the report. Null: no filter.',
    examples: [{ ...NO_FILTERS, team: 'call_center' }]
  }
)

/** Members with which every report begins. */
export const reportHead = {
  period: ref(ReportPeriodSchema),
  filters: ref(ReportFiltersSchema)
}

export const EXAMPLE_HEAD = {
  period: { from: '2026-11-01', to: '2026-11-30', timeZone: 'Europe/Warsaw' },
  filters: NO_FILTERS
}

export const reportFilterSchemas = [ReportPeriodSchema, ReportFiltersSchema]

export function presentReportHead(filter: ReportFilter): {
  period: Static<typeof ReportPeriodSchema>
  filters: Static<typeof ReportFiltersSchema>
} {
  const { from, to, timeZone } = filter.period
  return { period: { from, to, timeZone }, filters: presentReportFilters(filter) }
}

export function presentReportFilters({
  sources,
  team,
  user
}: ReportFilter): Static<typeof ReportFiltersSchema> {
  const [first = null, ...others] = sources ?? []
  const source = others.length === 0 ? first : null
  return { source, sources: sources && [...sources], team, user }
}
