import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { ReportChart, ReportFilter, ReportTable } from '../../domain/reports/report.ts'
import {
  DEFAULT_WITHIN_MINUTES,
  WORK_LABELS,
  WORK_MEANINGS,
  WORK_MEASURES
} from '../../domain/reports/work-list.ts'
import type { WorkMeasure, WorkRow } from '../../domain/reports/work-list.ts'
import { Named, NamedTeam } from '../named.ts'
import { ReferenceSchema, closed, nullable, ref } from '../shared.ts'
import { LeadsAddress } from './leads-address.ts'
import {
  NO_FILTERS,
  ReportFiltersSchema,
  presentReportFilters,
  reportQuery
} from './report-filter.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const { source } = reportQuery

/** Query parameters of the work list: it is about now, and has no period. */
export const workQuery = {
  source,
  team: Type.Optional(NamedTeam('The team of the user to whom the lead is assigned now.')),
  user: Type.Optional(
    Named('user', 'The user to whom the lead is assigned now. Members can name only themselves.')
  ),
  queue: Type.Optional(Named('queue', 'Only unassigned leads in this queue.')),
  withinMinutes: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1440,
      description: `The limit of \`dueSoon\`, in minutes from now. Default: ${DEFAULT_WITHIN_MINUTES}.`
    })
  )
}

const counts = Object.fromEntries(
  WORK_MEASURES.map((measure) => [
    measure,
    Type.Integer({ minimum: 0, description: WORK_MEANINGS[measure] })
  ])
) as Record<WorkMeasure, ReturnType<typeof Type.Integer>>

export const WorkListReportSchema = Type.Object(
  {
    withinMinutes: Type.Integer(),
    filters: ref(ReportFiltersSchema),
    rows: Type.Array(
      Type.Object(
        {
          queue: nullable(ref(ReferenceSchema, 'Where it waits, unassigned.')),
          user: nullable(ref(ReferenceSchema, 'Who has it.')),
          ...counts,
          leads: LeadsAddress
        },
        { ...closed }
      ),
      { description: 'A row for each queue and user with leads to work on.' }
    )
  },
  {
    $id: 'WorkListReport',
    ...closed,
    examples: [
      {
        withinMinutes: 60,
        filters: NO_FILTERS,
        rows: [
          {
            queue: { id: EXAMPLE_IDS.callCentreQueue, name: 'Call centre' },
            user: null,
            unassigned: 12,
            overdue: 3,
            dueSoon: 2,
            leads: `/v1/reports/work-list/leads?queue=${EXAMPLE_IDS.callCentreQueue}`
          }
        ]
      }
    ]
  }
)

export const workListSchemas = [WorkListReportSchema]

/** The work list in all media types. */
export function presentWorkList(
  rows: readonly WorkRow[],
  { filter, now, withinMinutes }: { filter: ReportFilter; now: Date; withinMinutes: number }
): { report: Static<typeof WorkListReportSchema>; table: ReportTable; chart: ReportChart } {
  const title = `Work list, ${now.toISOString().slice(0, 16)}Z`
  return {
    report: {
      withinMinutes,
      filters: presentReportFilters(filter),
      rows: rows.map(({ counts, ...place }) => ({
        ...place,
        ...counts,
        leads: workAddress(place, { filter, withinMinutes })
      }))
    },
    table: {
      name: 'work-list',
      title,
      columns: [
        { key: 'place', label: 'Queue or user', unit: 'text' },
        ...WORK_MEASURES.map((key) => ({ key, label: WORK_LABELS[key], unit: 'leads' as const }))
      ],
      rows: rows.map(({ queue, user, counts }) => [
        (queue ?? user)?.name ?? null,
        ...WORK_MEASURES.map((measure) => counts[measure])
      ])
    },
    chart: {
      kind: 'bars',
      title,
      category: 'place',
      series: WORK_MEASURES,
      splitBy: null,
      isStacked: false,
      currency: null
    }
  }
}

function workAddress(
  { queue, user }: Pick<WorkRow, 'queue' | 'user'>,
  { filter, withinMinutes }: { filter: ReportFilter; withinMinutes: number }
): string {
  const query = new URLSearchParams({ withinMinutes: String(withinMinutes) })
  if (filter.sources) query.set('source', filter.sources.map(({ key }) => key).join(','))
  if (filter.team !== null) query.set('team', filter.team)
  if (queue) query.set('queue', queue.id)
  if (user) query.set('user', user.id)
  return `/v1/reports/work-list/leads?${query.toString()}`
}
