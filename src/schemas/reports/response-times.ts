import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { ReportChart, ReportFilter, ReportTable } from '../../domain/reports/report.ts'
import { RESPONSE_MEANINGS, RESPONSE_MEASURES } from '../../domain/reports/response-times.ts'
import type {
  ResponseBreakdown,
  ResponseMeasure,
  ResponseRow
} from '../../domain/reports/response-times.ts'
import { closed, nullable, ref } from '../shared.ts'
import { LeadsAddress, leadsAddress } from './leads-address.ts'
import { EXAMPLE_HEAD, presentReportHead, reportHead } from './report-filter.ts'
import { reportTitle } from './report-title.ts'
import { responseTable } from './response-table.ts'

const SpreadSchema = Type.Object(
  {
    mean: nullable(Type.Number()),
    median: nullable(Type.Number()),
    p90: nullable(Type.Number({ description: 'The 90th percentile.' }))
  },
  {
    $id: 'Spread',
    ...closed,
    description: 'Statistics of durations, in seconds. Null when there are no durations.',
    examples: [{ mean: 5400.5, median: 3600, p90: 14400 }]
  }
)

const EXAMPLE_SPREAD = { mean: 5400.5, median: 3600, p90: 14400 }
const EXAMPLE_TIME = { count: 80, seconds: EXAMPLE_SPREAD, workingSeconds: EXAMPLE_SPREAD }

const ResponseTimeSchema = Type.Object(
  {
    count: Type.Integer({
      minimum: 0,
      description: 'The number of leads with this response time.'
    }),
    seconds: ref(SpreadSchema, 'By the clock on the wall.'),
    workingSeconds: ref(
      SpreadSchema,
      'Of working time: by the dealer’s hours; until a first contact, by the hours that held for the lead then.'
    )
  },
  { $id: 'ResponseTime', ...closed, examples: [EXAMPLE_TIME] }
)

const measureMembers = Object.fromEntries(
  RESPONSE_MEASURES.map((measure) => [measure, ref(ResponseTimeSchema, RESPONSE_MEANINGS[measure])])
) as Record<ResponseMeasure, ReturnType<typeof ref<typeof ResponseTimeSchema>>>

const numbers = {
  received: Type.Integer({ minimum: 0, description: 'The received leads of the row.' }),
  ...measureMembers,
  leads: LeadsAddress
}

const EXAMPLE_NUMBERS = {
  received: 120,
  ...Object.fromEntries(RESPONSE_MEASURES.map((measure) => [measure, EXAMPLE_TIME])),
  leads: '/v1/reports/response-times/leads?from=2026-11-01&to=2026-11-30'
}

export const ResponseTimesReportSchema = Type.Object(
  {
    ...reportHead,
    rows: Type.Array(
      Type.Object(
        {
          key: nullable(
            Type.String({
              description: 'A source key, a user id, or a month; null for leads that no user had.'
            })
          ),
          name: Type.String(),
          ...numbers
        },
        { ...closed }
      ),
      { description: 'The rows of the kind `by`. Empty without `by`.' }
    ),
    total: Type.Object(numbers, { ...closed })
  },
  {
    $id: 'ResponseTimesReport',
    ...closed,
    examples: [
      {
        ...EXAMPLE_HEAD,
        rows: [{ key: 'autotrader', name: 'AutoTrader', ...EXAMPLE_NUMBERS }],
        total: EXAMPLE_NUMBERS
      }
    ]
  }
)

export const responseTimesSchemas = [SpreadSchema, ResponseTimeSchema, ResponseTimesReportSchema]

const LEADS_PATH = '/v1/reports/response-times/leads'

/** How fast people acted, in all forms; without `by` there is only the total. */
export function presentResponseTimes(
  filter: ReportFilter,
  by: ResponseBreakdown | null,
  { total, rows }: { total: ResponseRow; rows: readonly ResponseRow[] }
): { report: Static<typeof ResponseTimesReportSchema>; table: ReportTable; chart: ReportChart } {
  const title = reportTitle('Response times', filter)
  return {
    report: {
      ...presentReportHead(filter),
      rows: rows.map((row) => ({ key: row.key, name: row.name, ...presentNumbers(row) })),
      total: presentNumbers(total)
    },
    table: responseTable(title, by === null ? [total] : rows),
    chart: {
      kind: by === 'month' ? 'lines' : 'bars',
      title,
      category: by === null ? 'measure' : 'name',
      series: by === null ? ['median', 'p90'] : ['median'],
      splitBy: by === null ? null : 'measure',
      isStacked: false,
      currency: null
    }
  }
}

function presentNumbers({ filter, isUnassigned, received, times }: ResponseRow) {
  const row: Record<string, string> = isUnassigned ? { unassigned: 'true' } : {}
  return { received, ...times, leads: leadsAddress(filter, row, LEADS_PATH) }
}
