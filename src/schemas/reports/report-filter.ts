import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { TEAMS } from '../../domain/access/permissions.ts'
import { MAX_PERIOD_YEARS } from '../../domain/reports/period.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import { Id, ReferenceSchema, closed, nullable, oneOf, ref, requiredText } from '../shared.ts'

/** What reports say of which leads they count, once for all of their descriptions. */
export const REPORT_BASIS =
  'Counts leads received in the period, each on the day and in the month in which the dealer’s ' +
  'clocks showed it, and says what has become of them until now. Test leads are never counted; ' +
  'deleted ones are. A member sees the leads they have: `user` is then themselves.'

const Day = (description: string) =>
  Type.String({ pattern: /^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/u.source, description })

/** Query parameters by which every report is narrowed; all given ones hold. */
export const reportQuery = {
  from: Type.Optional(
    Day(
      'First day, by the dealer’s clocks. Default: the first of the month of `to`, or of this one.'
    )
  ),
  to: Type.Optional(
    Day(
      'Last day, which is counted too. Default: the last of the month of `from`, or of this one. ' +
        `No more than ${MAX_PERIOD_YEARS} years after \`from\`.`
    )
  ),
  source: Type.Optional(requiredText(60, 'A source’s key.')),
  team: Type.Optional(oneOf(TEAMS, 'The team of the user who has the lead now.')),
  user: Type.Optional(Id('The user who has the lead now. A member may only name themselves.'))
}

const ReportPeriodSchema = Type.Object(
  {
    from: Type.String({ format: 'date', description: 'First day.' }),
    to: Type.String({ format: 'date', description: 'Last day.' }),
    timeZone: Type.String({ description: 'Whose clocks say what a day is: the dealer’s.' })
  },
  {
    $id: 'ReportPeriod',
    ...closed,
    examples: [{ from: '2026-11-01', to: '2026-11-30', timeZone: 'Europe/Warsaw' }]
  }
)

export const ReportFiltersSchema = Type.Object(
  {
    source: nullable(
      Type.Object({ id: Id(), key: Type.String(), name: Type.String() }, { ...closed })
    ),
    team: nullable(oneOf(TEAMS)),
    user: nullable(ref(ReferenceSchema))
  },
  {
    $id: 'ReportFilters',
    ...closed,
    description: 'What narrows the report; null: all.',
    examples: [{ source: null, team: 'call_center', user: null }]
  }
)

/** Members with which every report begins. */
export const reportHead = {
  period: ref(ReportPeriodSchema),
  filters: ref(ReportFiltersSchema)
}

export const EXAMPLE_HEAD = {
  period: { from: '2026-11-01', to: '2026-11-30', timeZone: 'Europe/Warsaw' },
  filters: { source: null, team: null, user: null }
}

export const reportFilterSchemas = [ReportPeriodSchema, ReportFiltersSchema]

export function presentReportHead({ period, source, team, user }: ReportFilter): {
  period: Static<typeof ReportPeriodSchema>
  filters: Static<typeof ReportFiltersSchema>
} {
  const { from, to, timeZone } = period
  return { period: { from, to, timeZone }, filters: { source, team, user } }
}
