import { Readable } from 'node:stream'

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { DEFAULT_CSV, writeCsvHead, writeCsvRows } from '../../../csv/write-csv.ts'
import type { CsvStyle } from '../../../csv/write-csv.ts'
import type { Database } from '../../../database/client.ts'
import type { Import } from '../../../domain/imports/import.ts'
import type { Locale } from '../../../domain/dealers/dealer.ts'
import { localeOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { findImport } from '../../../repositories/imports/imports.ts'
import { listProblems } from '../../../repositories/imports/problems.ts'
import type { ProblemWithCells } from '../../../repositories/imports/problems.ts'
import { RowProblemPageSchema, presentProblem } from '../../../schemas/imports/import-run.ts'
import { csvQuery, readCsvStyle } from '../../../schemas/reports/report-forms.ts'
import { IdParams, closed, pageQuery, ref } from '../../../schemas/shared.ts'
import { chooseMediaType } from '../../../http/documents.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { nameFile } from '../reports/send-report.ts'
import { idOf, sendPage } from '../../../http/resources.ts'
import { sentenceOf } from '../../../wording/reasons.ts'

const ProblemQuery = Type.Object({ ...pageQuery, ...csvQuery }, closed)

/** Problems of a page of the file: what is in memory at once. */
const PAGE_ROWS = 500

/** A client that takes longer than this reads too slowly for one response. */
const LONGEST_MS = 3_600_000

const ROWS_RESPONSE = Type.Unsafe<unknown>({
  description: 'A page of problems, in the order of the file.',
  content: {
    'application/json': { schema: ref(RowProblemPageSchema) },
    'text/csv': {
      schema: {
        type: 'string',
        description: 'All problems of bad rows, with the cells of the rows.',
        examples: [
          'row,line,column,code,sentence,value,E-mail\r\n' +
            '17,18,E-mail,not_email,Must be an e-mail address.,anna@,anna@\r\n'
        ]
      }
    }
  }
})

/** The problems of an import's rows. */
export const importProblemRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db }) => {
  app.get(
    '/imports/:id/problems',
    operation({
      id: 'listImportProblems',
      tag: 'Imports',
      summary: 'List the problems of an import',
      description:
        'The problems that the latest run or dry run found. A row can have several ' +
        'problems. JSON has a page of problems. With `Accept: text/csv` the response is a ' +
        'file of the bad rows with their cells, to correct and import again. Rows with the code ' +
        '`lead_quarantined` became leads: they are in the JSON page only.',
      access: access.tenant('admin', 'read'),
      params: IdParams,
      query: ProblemQuery,
      responses: { 200: ROWS_RESPONSE },
      problems: ['not-acceptable'],
      paged: true
    }),
    async (request, reply) => {
      void reply.header('vary', 'accept')
      const { dealerId } = tenantOf(request)
      const found = await db.read(dealerId, (tx) => findImport(tx, idOf(request)))
      if (!found) throw problems.notFound('import')
      if (chooseMediaType(request, ['application/json', 'text/csv']) === 'application/json') {
        return await sendPage(db, request, reply, {
          list: (tx, page) => listProblems(tx, found.id, page),
          present: ({ position: _, cells: __, ...problem }, locale) =>
            presentProblem(problem, locale),
          defaultSort: 'row'
        })
      }
      nameFile(reply, 'problems.csv')
      const style = { ...DEFAULT_CSV, ...readCsvStyle(request.query) }
      const body = Readable.from(writeProblems(db, dealerId, found, style, localeOf(request)), {
        objectMode: false,
        signal: AbortSignal.timeout(LONGEST_MS)
      })
      return await reply.type('text/csv; charset=utf-8; header=present').send(body)
    }
  )
}

/** The text of one page after another. */
async function* writeProblems(
  db: Database,
  dealerId: string,
  { id, columns }: Import,
  style: CsvStyle,
  locale: Locale
): AsyncGenerator<string> {
  const names = columns.map(({ name }) => name)
  yield writeCsvHead(['row', 'line', 'column', 'code', 'sentence', 'value', ...names], style)
  let after: Parameters<typeof listProblems>[2]['after'] = null
  do {
    const page = await db.read(dealerId, (tx) =>
      listProblems(tx, id, { limit: PAGE_ROWS, after, descending: false })
    )
    // A row that became a lead would be imported twice.
    const bad = page.data.filter(({ code }) => code !== 'lead_quarantined')
    if (bad.length > 0) {
      yield writeCsvRows(
        bad.map((one) => cellsOf(one, names, locale)),
        style
      )
    }
    after = page.next
  } while (after !== null)
}

function cellsOf(
  { row, line, column, code, facts, value, cells }: ProblemWithCells,
  names: readonly string[],
  locale: Locale
): (string | number | null)[] {
  const sentence = sentenceOf({ code, facts }, locale)
  return [
    row,
    line,
    column,
    code,
    sentence,
    value,
    ...names.map((_, place) => cells[place] ?? null)
  ]
}
