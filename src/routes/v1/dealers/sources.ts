import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendChanged, sendCreated, sendOne, sendPage } from '../../../http/resources.ts'
import { findSource, listSources } from '../../../repositories/dealers/sources.ts'
import {
  CreateSourceSchema,
  PatchSourceSchema,
  SourcePageSchema,
  SourceSchema,
  presentSource
} from '../../../schemas/dealers/source.ts'
import { IdParams, closed, oldestFirst, pageQuery, ref } from '../../../schemas/shared.ts'
import { changeSource } from '../../../use-cases/dealers/change-source.ts'
import { createSource } from '../../../use-cases/dealers/create-source.ts'

const SourceQuery = Type.Object(
  {
    ...pageQuery,
    ...oldestFirst,
    active: Type.Optional(Type.Boolean())
  },
  closed
)

/** Where a dealer's leads come from. */
export const sourceRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.post(
    '/sources',
    operation({
      id: 'createSource',
      tag: 'Sources',
      summary: 'Create a source',
      access: access.tenant('admin', 'admin'),
      body: ref(CreateSourceSchema),
      responses: { 201: ref(SourceSchema, 'The source.') },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendCreated(request, reply, {
        now,
        create: (command) => createSource(db, { ...command, source: request.body }),
        present: presentSource,
        location: ({ id }) => `/v1/sources/${id}`
      })
  )

  app.get(
    '/sources',
    operation({
      id: 'listSources',
      tag: 'Sources',
      summary: 'List sources',
      access: access.tenant('member', 'read'),
      query: SourceQuery,
      responses: { 200: ref(SourcePageSchema, 'A page of sources.') },
      paged: true
    }),
    async (request, reply) => {
      const { active } = request.query
      return await sendPage(db, request, reply, {
        list: (tx, page) => listSources(tx, { active }, page),
        present: presentSource,
        defaultSort: 'createdAt'
      })
    }
  )

  app.get(
    '/sources/:id',
    operation({
      id: 'getSource',
      tag: 'Sources',
      summary: 'Read a source',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(SourceSchema, 'The source.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'source',
        find: (tx, id) => findSource(tx, id),
        present: presentSource
      })
  )

  app.patch(
    '/sources/:id',
    operation({
      id: 'updateSource',
      tag: 'Sources',
      summary: 'Change a source',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      body: ref(PatchSourceSchema),
      responses: { 200: ref(SourceSchema, 'The changed source.') },
      problems: ['already-exists'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeSource(db, { ...command, sourceId: request.params.id, change: request.body }),
        present: presentSource
      })
  )
}
