import type { FastifyReply, FastifyRequest } from 'fastify'

import { drawChart } from '../../../charts/draw-chart.ts'
import { writeCsvHead, writeCsvRows } from '../../../csv/write-csv.ts'
import { inMinutes } from '../../../domain/reports/report.ts'
import type { ReportChart, ReportTable, TimeUnit } from '../../../domain/reports/report.ts'
import {
  REPORT_MEDIA_TYPES,
  readChartSize,
  readCsvStyle
} from '../../../schemas/reports/report-forms.ts'
import { localeOf } from '../../../http/plugins/authentication.ts'
import { CHART_WORDINGS } from '../../../wording/charts.ts'
import { inLanguage } from '../../../wording/drawn-report.ts'
import { chooseMediaType, sendDocument } from '../../../http/documents.ts'

/** A report in all its forms. */
interface ReportForms {
  /** As JSON: the response, presented. */
  report: object
  /** As rows: CSV and NDJSON. */
  table: ReportTable
  chart: ReportChart
}

/** Sends a report in the form that is asked for. A report's rows are few: none is streamed. */
export async function sendReport(
  request: FastifyRequest,
  reply: FastifyReply,
  forms: ReportForms
): Promise<never> {
  const mediaType = chooseMediaType(request, REPORT_MEDIA_TYPES)
  const query = request.query as Parameters<typeof readCsvStyle>[0] &
    Parameters<typeof readChartSize>[0] & { times?: TimeUnit }
  const { report } = forms
  const { table, chart } = query.times === 'minutes' ? inMinutes(forms) : forms
  void reply.header('vary', 'accept')
  switch (mediaType) {
    case 'application/json':
      return reply.code(200).type('application/json; charset=utf-8').send(report) as never
    case 'text/csv': {
      const style = readCsvStyle(query)
      const keys = table.columns.map(({ key }) => key)
      const body = writeCsvHead(keys, style) + writeCsvRows(table.rows, style)
      nameFile(reply, `${table.name}.csv`)
      const header = 'text/csv; charset=utf-8; header=present'
      return sendDocument(request, reply, { mediaType: header, body })
    }
    case 'application/x-ndjson':
      nameFile(reply, `${table.name}.ndjson`)
      return sendDocument(request, reply, { mediaType, body: writeNdjson(table) })
    case 'image/svg+xml': {
      const locale = localeOf(request)
      const drawn = inLanguage({ table, chart }, locale)
      const wording = CHART_WORDINGS[locale]
      const body = await drawChart(drawn.table, drawn.chart, readChartSize(query), wording)
      return sendDocument(request, reply, { mediaType, body })
    }
  }
}

/** The name of the file for browsers; `name` is ASCII and without quotes. */
export function nameFile(reply: FastifyReply, name: string): void {
  void reply.header('content-disposition', `attachment; filename="${name}"`)
}

function writeNdjson({ columns, rows }: ReportTable): string {
  const lines = rows.map((row) => {
    const cells = columns.map(({ key }, index) => [key, row[index] ?? null] as const)
    return `${JSON.stringify(Object.fromEntries(cells))}\n`
  })
  return lines.join('')
}
