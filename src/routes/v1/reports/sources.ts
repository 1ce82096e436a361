import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Transaction } from '../../../database/client.ts'
import { MEASURES } from '../../../domain/reports/measure.ts'
import type { ReportFilter } from '../../../domain/reports/report.ts'
import { rowsByMonth, rowsBySource, withDetail } from '../../../domain/reports/source-report.ts'
import type { SourceDetailRow } from '../../../domain/reports/source-report.ts'
import { findSourceCosts } from '../../../repositories/reports/source-costs.ts'
import {
  countBySource,
  countDeletions,
  findReportSources
} from '../../../repositories/reports/source-counts.ts'
import { MEASURES_BASIS } from '../../../schemas/reports/measures.ts'
import { REPORT_BASIS, reportQuery } from '../../../schemas/reports/report-filter.ts'
import { reportResponses, reportFormQuery } from '../../../schemas/reports/report-forms.ts'
import {
  MONTH_MEASURES,
  SourcesByMonthReportSchema,
  presentSourcesByMonth
} from '../../../schemas/reports/sources-by-month.ts'
import {
  SourcesDetailReportSchema,
  presentSourcesDetail
} from '../../../schemas/reports/sources-detail.ts'
import { SourcesReportSchema, presentSources } from '../../../schemas/reports/sources.ts'
import { closed, ref } from '../../../schemas/shared.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { askReport } from './ask-report.ts'
import { sendReport } from './send-report.ts'

const SourceReportQuery = Type.Object({ ...reportQuery, ...reportFormQuery }, closed)

/** The reports on sources. */
export const sourceReportRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  app.get(
    '/reports/sources',
    operation({
      id: 'getSourcesReport',
      tag: 'Reports',
      summary: 'Read the report on sources',
      description: `${REPORT_BASIS} ${MEASURES_BASIS}`,
      access: access.tenant('member', 'read'),
      query: SourceReportQuery,
      responses: reportResponses(ref(SourcesReportSchema)),
      problems: ['not-acceptable']
    }),
    async (request, reply) => {
      const forms = await askReport(options, request, async (tx, { filter }) => {
        const counted = await countBySource(tx, { filter, measures: MEASURES, byMonth: false })
        const sources = await findReportSources(tx, filter)
        return presentSources(filter, rowsBySource(MEASURES, sources, counted))
      })
      return await sendReport(request, reply, forms)
    }
  )

  app.get(
    '/reports/sources-by-month',
    operation({
      id: 'getSourcesByMonthReport',
      tag: 'Reports',
      summary: 'Read the report on sources by month',
      description: `${REPORT_BASIS} ${MEASURES_BASIS}`,
      access: access.tenant('member', 'read'),
      query: SourceReportQuery,
      responses: reportResponses(ref(SourcesByMonthReportSchema)),
      problems: ['not-acceptable']
    }),
    async (request, reply) => {
      const forms = await askReport(options, request, async (tx, { filter }) => {
        const counted = await countBySource(tx, { filter, measures: MONTH_MEASURES, byMonth: true })
        const sources = await findReportSources(tx, filter)
        const known = { period: filter.period, sources }
        return presentSourcesByMonth(filter, rowsByMonth(MONTH_MEASURES, known, counted))
      })
      return await sendReport(request, reply, forms)
    }
  )

  app.get(
    '/reports/sources-by-month-detail',
    operation({
      id: 'getSourcesDetailReport',
      tag: 'Reports',
      summary: 'Read the detailed report on sources by month',
      description:
        `${REPORT_BASIS} ${MEASURES_BASIS} The cost of a source is for a whole month and ` +
        'all of its leads. It is null for a month that is partly outside the period, and in ' +
        'a report on a team or a user. `costPerSale` is the cost divided by `sold`; the ' +
        'total has only rows with a cost.',
      access: access.tenant('member', 'read'),
      query: SourceReportQuery,
      responses: reportResponses(ref(SourcesDetailReportSchema)),
      problems: ['not-acceptable']
    }),
    async (request, reply) => {
      const forms = await askReport(options, request, async (tx, { filter, dealer }) =>
        presentSourcesDetail(filter, await detailRows(tx, filter), dealer.currency)
      )
      return await sendReport(request, reply, forms)
    }
  )
}

async function detailRows(tx: Transaction, filter: ReportFilter): Promise<SourceDetailRow[]> {
  const { period, team, user } = filter
  const counted = await countBySource(tx, { filter, measures: MEASURES, byMonth: true })
  const deletions = await countDeletions(tx, filter)
  const months = { from: period.from.slice(0, 7), to: period.to.slice(0, 7) }
  const costs =
    team === null && user === null
      ? await findSourceCosts(tx, { source: filter.sources?.map(({ id }) => id), ...months })
      : []
  const sources = await findReportSources(tx, filter)
  const used = costs.map((cost) => cost.source.id)
  return withDetail(rowsByMonth(MEASURES, { period, sources, used }, counted), { deletions, costs })
}
