import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { MEASURES, sumCounts } from '../../domain/reports/measure.ts'
import type { Measure } from '../../domain/reports/measure.ts'
import type { ReportChart, ReportFilter, ReportTable } from '../../domain/reports/report.ts'
import type { SourceRow } from '../../domain/reports/source-report.ts'
import { closed } from '../shared.ts'
import { LeadsAddress, leadsAddress } from './leads-address.ts'
import { countCells, countColumns, countMembers, exampleCounts } from './measures.ts'
import { EXAMPLE_HEAD, presentReportHead, reportHead } from './report-filter.ts'
import { reportTitle } from './report-title.ts'
import { EXAMPLE_SOURCE, ReportedSource } from './source-cost.ts'

const EXAMPLE_LEADS = '/v1/reports/leads?from=2026-11-01&to=2026-11-30'

export const SourcesReportSchema = Type.Object(
  {
    ...reportHead,
    rows: Type.Array(
      Type.Object(
        { source: ReportedSource, ...countMembers(MEASURES), leads: LeadsAddress },
        { ...closed }
      ),
      { description: 'A row for each source that is active or has leads, most leads first.' }
    ),
    total: Type.Object({ ...countMembers(MEASURES), leads: LeadsAddress }, { ...closed })
  },
  {
    $id: 'SourcesReport',
    ...closed,
    examples: [
      {
        ...EXAMPLE_HEAD,
        rows: [
          {
            source: EXAMPLE_SOURCE,
            ...exampleCounts(MEASURES),
            leads: `${EXAMPLE_LEADS}&source=autotrader`
          }
        ],
        total: { ...exampleCounts(MEASURES), leads: EXAMPLE_LEADS }
      }
    ]
  }
)

export const sourcesReportSchemas = [SourcesReportSchema]

/** The report on sources in all media types. */
export function presentSources(
  filter: ReportFilter,
  rows: readonly SourceRow<Measure>[]
): { report: Static<typeof SourcesReportSchema>; table: ReportTable; chart: ReportChart } {
  const title = reportTitle('Leads by source', filter)
  return {
    report: {
      ...presentReportHead(filter),
      rows: rows.map(({ source: { id, key, name }, counts }) => ({
        source: { id, key, name },
        ...counts,
        leads: leadsAddress({ ...filter, sources: [{ id, key, name }] })
      })),
      total: {
        ...sumCounts(
          MEASURES,
          rows.map(({ counts }) => counts)
        ),
        leads: leadsAddress(filter)
      }
    },
    table: {
      name: 'sources',
      title,
      columns: [
        { key: 'source', label: 'Source', unit: 'text' },
        { key: 'sourceName', label: 'Name', unit: 'text' },
        ...countColumns(MEASURES)
      ],
      rows: rows.map(({ source, counts }) => [
        source.key,
        source.name,
        ...countCells(MEASURES, counts)
      ])
    },
    chart: {
      kind: 'bars',
      title,
      category: 'sourceName',
      series: ['received', 'reached', 'shown', 'qualified', 'sold'],
      splitBy: null,
      isStacked: false,
      currency: null
    }
  }
}
