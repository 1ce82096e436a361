import { Readable } from 'node:stream'

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { DEFAULT_CSV } from '../../../csv/write-csv.ts'
import { ROW_SEVERITIES } from '../../../domain/imports/import.ts'
import { localeOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { findImport } from '../../../repositories/imports/imports.ts'
import { listProblems } from '../../../repositories/imports/problems.ts'
import { RowProblemPageSchema, presentProblem } from '../../../schemas/imports/import-run.ts'
import { csvQuery, readCsvStyle } from '../../../schemas/reports/report-forms.ts'
import { IdParams, closed, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import { chooseMediaType } from '../../../http/documents.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { nameFile } from '../reports/send-report.ts'
import { idOf, sendPage } from '../../../http/resources.ts'
import { writeProblems } from './problem-rows.ts'

const ProblemQuery = Type.Object(
  {
    ...pageQuery,
    ...csvQuery,
    severity: Type.Optional(
      oneOf(ROW_SEVERITIES, 'Only problems of this severity, such as those of `bad` rows.')
    )
  },
  closed
)

/** A client that takes longer than this reads too slowly for one response. */
const LONGEST_MS = 3_600_000

const ROWS_RESPONSE = Type.Unsafe<unknown>({
  description: 'A page of problems, in the order of the file.',
  content: {
    'application/json': { schema: ref(RowProblemPageSchema) },
    'text/csv': {
      schema: {
        type: 'string',
        description:
          'One row for each row with problems. Bad rows have their cells, to be corrected and imported ' +
          'again; rows that became records have none.',
        examples: [
          'row,line,severity,columns,codes,problems,E-mail\r\n' +
            '17,18,bad,E-mail,not_email,E-mail: Must be an e-mail address. (anna@),anna@\r\n'
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
        'problems. `bad`: the row became no record. `warning`: it became one, and a value could ' +
        'not be read, or the lead is in quarantine. JSON has a page of problems. With ' +
        '`Accept: text/csv` the response is a file with one row for each row with problems: bad ' +
        'rows with their cells, to correct and import again, others without, because they are ' +
        'records already. `severity=bad` leaves these out.',
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
      const { severity = null } = request.query
      if (chooseMediaType(request, ['application/json', 'text/csv']) === 'application/json') {
        return await sendPage(db, request, reply, {
          list: (tx, page) => listProblems(tx, found.id, { ...page, severity }),
          present: ({ position: _, cells: __, ...problem }, locale) =>
            presentProblem(problem, locale),
          defaultSort: 'row'
        })
      }
      nameFile(reply, 'problems.csv')
      const style = { ...DEFAULT_CSV, ...readCsvStyle(request.query) }
      const locale = localeOf(request)
      const body = Readable.from(writeProblems(db, found, { dealerId, severity, style, locale }), {
        objectMode: false,
        signal: AbortSignal.timeout(LONGEST_MS)
      })
      return await reply.type('text/csv; charset=utf-8; header=present').send(body)
    }
  )
}
