import { Type } from '@fastify/type-provider-typebox'
import type { TSchema } from '@fastify/type-provider-typebox'

import { CSV_SEPARATORS } from '../../csv/write-csv.ts'
import type { CsvSeparator, CsvStyle } from '../../csv/write-csv.ts'
import { CHART_BOUNDS } from '../../charts/chart-size.ts'
import type { ChartSize } from '../../charts/chart-size.ts'
import { TIME_UNITS } from '../../domain/reports/report.ts'
import { oneOf } from '../shared.ts'

/** The media types of reports. The first is the default. */
export const REPORT_MEDIA_TYPES = [
  'application/json',
  'text/csv',
  'application/x-ndjson',
  'image/svg+xml'
] as const

/** The query parameters of CSV responses. */
export const csvQuery = {
  separator: Type.Optional(
    oneOf(
      Object.keys(CSV_SEPARATORS) as CsvSeparator[],
      'The separator of a CSV. Default: comma. Spreadsheets in much of Europe expect a ' +
        'semicolon.'
    )
  ),
  bom: Type.Optional(
    Type.Boolean({
      description: 'Whether a CSV begins with a byte order mark, which Excel needs. Default: no.'
    })
  ),
  format: Type.Optional(
    oneOf(
      ['guarded', 'plain'],
      'The form of texts in CSV. `guarded`: a text that a spreadsheet would run as a ' +
        'formula gets a leading apostrophe. `plain`: texts are unchanged, for programs. Never ' +
        'open a plain file in a spreadsheet, because it may run a text of a lead as a ' +
        'formula. Default: `guarded`.'
    )
  )
}

/** Query parameters of every report: how its CSV is written and its chart drawn. */
export const reportFormQuery = {
  ...csvQuery,
  times: Type.Optional(
    oneOf(
      TIME_UNITS,
      'The unit of times in CSV, NDJSON and charts; JSON has seconds. With `minutes` the names of their ' +
        'columns end in `Minutes`, and the values have two decimals. Default: `seconds`, and in charts the ' +
        'unit that fits the longest.'
    )
  ),
  width: Type.Optional(
    Type.Integer({
      ...CHART_BOUNDS.width,
      description: 'The width of a chart in pixels. Default: 960.'
    })
  ),
  height: Type.Optional(
    Type.Integer({
      ...CHART_BOUNDS.height,
      description: 'The height of a chart in pixels. Default: as high as its rows need.'
    })
  )
}

/** How CSV is asked for. */
export function readCsvStyle({
  separator = 'comma',
  bom = false,
  format = 'guarded'
}: {
  separator?: CsvSeparator
  bom?: boolean
  format?: 'guarded' | 'plain'
}): CsvStyle {
  return { separator, bom, guarded: format === 'guarded' }
}

/** How large a chart is asked for; null: as large as it needs. */
export function readChartSize({ width, height }: { width?: number; height?: number }): ChartSize {
  return { width: width ?? null, height: height ?? null }
}

const CSV_EXAMPLE = 'source,received\r\nwebsite,120\r\n'
const NDJSON_EXAMPLE = '{"source":"website","received":120}\n'
const SVG_EXAMPLE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="960" height="400" role="img"><title>Sources</title>…</svg>'

/** The responses of a report in all its forms, for `operation()`; `json` refers to its JSON's schema. */
export function reportResponses(json: TSchema) {
  const response = Type.Unsafe<object | string>({
    description: 'The report, in the media type of `Accept`.',
    content: {
      'application/json': { schema: json },
      'text/csv': {
        schema: {
          type: 'string',
          description: 'UTF-8 and RFC 4180: a header row of column keys, then the rows.',
          examples: [CSV_EXAMPLE]
        }
      },
      'application/x-ndjson': {
        schema: {
          type: 'string',
          description: 'One row per line, as a JSON object.',
          examples: [NDJSON_EXAMPLE]
        }
      },
      'image/svg+xml': {
        schema: { type: 'string', description: 'A chart.', examples: [SVG_EXAMPLE] }
      }
    }
  })
  return { 200: response, 304: Type.Null({ description: 'Not modified.' }) }
}
