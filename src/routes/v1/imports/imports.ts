import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { problems } from '../../../http/problems.ts'
import { listImportRows } from '../../../repositories/imports/import-rows.ts'
import { findImport, listImports } from '../../../repositories/imports/imports.ts'
import { ImportPageSchema, ImportSchema, presentImport } from '../../../schemas/imports/import.ts'
import { ImportRowPageSchema, presentImportRow } from '../../../schemas/imports/import-row.ts'
import { IdParams, closed, newestFirst, pageQuery, ref } from '../../../schemas/shared.ts'
import { Type } from '@fastify/type-provider-typebox'
import { removeImport } from '../../../use-cases/imports/remove-import.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { idOf, sendDone, sendOne, sendPage } from '../../../http/resources.ts'

const ImportQuery = Type.Object({ ...pageQuery, ...newestFirst }, closed)
const RowQuery = Type.Object(pageQuery, closed)

/** Imports are listed, read and deleted. */
export const importRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.get(
    '/imports',
    operation({
      id: 'listImports',
      tag: 'Imports',
      summary: 'List imports',
      access: access.tenant('admin', 'read'),
      query: ImportQuery,
      responses: { 200: ref(ImportPageSchema, 'A page of imports.') },
      paged: true
    }),
    async (request, reply) =>
      await sendPage(db, request, reply, { list: listImports, present: presentImport })
  )

  app.get(
    '/imports/:id',
    operation({
      id: 'getImport',
      tag: 'Imports',
      summary: 'Read an import',
      access: access.tenant('admin', 'read'),
      params: IdParams,
      responses: { 200: ref(ImportSchema, 'The import.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'import',
        find: findImport,
        present: presentImport
      })
  )

  app.get(
    '/imports/:id/rows',
    operation({
      id: 'listImportRows',
      tag: 'Imports',
      summary: 'List the rows of an import',
      description: 'The rows as they are in the file.',
      access: access.tenant('admin', 'read'),
      params: IdParams,
      query: RowQuery,
      responses: { 200: ref(ImportRowPageSchema, 'A page of rows.') },
      paged: true
    }),
    async (request, reply) =>
      await sendPage(db, request, reply, {
        list: async (tx, page) => {
          const found = await findImport(tx, idOf(request))
          if (!found) throw problems.notFound('import')
          return await listImportRows(tx, found.id, page)
        },
        present: presentImportRow,
        defaultSort: 'row'
      })
  )

  app.delete(
    '/imports/:id',
    operation({
      id: 'deleteImport',
      tag: 'Imports',
      summary: 'Delete an import that never ran',
      description:
        'The rows of the import are deleted too. A running import must be cancelled ' +
        'instead. An import that has run must be undone instead.',
      access: access.tenant('admin', 'write'),
      params: IdParams,
      responses: { 204: Type.Null({ description: 'The import is deleted.' }) },
      problems: ['conflict']
    }),
    async (request, reply) => {
      const importId = request.params.id
      return await sendDone(request, reply, {
        now,
        run: ({ principal, now: at }) =>
          removeImport(db, { principal, actor: actorOf(principal), importId, now: at })
      })
    }
  )
}
