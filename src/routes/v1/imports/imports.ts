import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { listImportRows } from '../../../repositories/imports/import-rows.ts'
import { findImport, listImports } from '../../../repositories/imports/imports.ts'
import {
  ImportPageSchema,
  ImportRowPageSchema,
  ImportSchema,
  presentImport,
  presentImportRow
} from '../../../schemas/imports/import.ts'
import { IdParams, closed, newestFirst, pageQuery, ref } from '../../../schemas/shared.ts'
import { Type } from '@fastify/type-provider-typebox'
import { removeImport } from '../../../use-cases/imports/remove-import.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { idOf, sendOne, sendPage } from '../../../http/resources.ts'

const ImportQuery = Type.Object({ ...pageQuery, ...newestFirst }, closed)
const RowQuery = Type.Object(pageQuery, closed)

/** Files of many rows: what there is of them. */
export const importRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.get(
    '/imports',
    operation({
      id: 'listImports',
      tag: 'Imports',
      summary: 'List imports',
      access: access.tenant('admin', 'read'),
      query: ImportQuery,
      answers: { 200: ref(ImportPageSchema, 'A page of imports.') },
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
      answers: { 200: ref(ImportSchema, 'The import.') },
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
      description: 'As they were read from the file, before anything was made of them.',
      access: access.tenant('admin', 'read'),
      params: IdParams,
      query: RowQuery,
      answers: { 200: ref(ImportRowPageSchema, 'A page of rows.') },
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
      description: 'With its rows. One that runs is cancelled, one that has run is undone.',
      access: access.tenant('admin', 'write'),
      params: IdParams,
      answers: { 204: Type.Null({ description: 'It is gone.' }) },
      problems: ['conflict']
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const removed = await removeImport(db, principal.dealerId, idOf(request), {
        actor: actorOf(principal),
        now: now()
      })
      if (removed === null) throw problems.notFound('import')
      if (!removed) {
        throw problems.conflict('The import runs or has run, or its file is still coming in.')
      }
      return await reply.code(204).send(null)
    }
  )
}
