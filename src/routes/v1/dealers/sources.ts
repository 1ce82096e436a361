import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { newId } from '../../../ids.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { recordEvents } from '../../../repositories/events/events.ts'
import {
  findSource,
  insertSources,
  listSources,
  lockSource,
  updateSource
} from '../../../repositories/dealers/sources.ts'
import { IdParams, closed, oldestFirst, pageQuery, ref } from '../../../schemas/shared.ts'
import {
  CreateSourceSchema,
  PatchSourceSchema,
  SourcePageSchema,
  SourceSchema,
  presentSource
} from '../../../schemas/dealers/source.ts'
import { actorOf, createOnce } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { changeOne, sendOne, sendPage } from '../../../http/resources.ts'

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
      summary: 'Add a source',
      access: access.tenant('admin', 'admin'),
      body: ref(CreateSourceSchema),
      answers: { 201: ref(SourceSchema, 'The source.') },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        const at = now()
        const stamps = { version: 1, createdAt: at, updatedAt: at }
        const source = { id: newId(), active: true, ...request.body, ...stamps }
        await insertSources(tx, [source])
        await recordEvents(tx, actorOf(principal), at, [
          { type: 'source.created', subject: { type: 'source', id: source.id } }
        ])
        return { body: presentSource(source), location: `/v1/sources/${source.id}`, version: 1 }
      })
    }
  )

  app.get(
    '/sources',
    operation({
      id: 'listSources',
      tag: 'Sources',
      summary: 'List sources',
      access: access.tenant('member', 'read'),
      query: SourceQuery,
      answers: { 200: ref(SourcePageSchema, 'A page of sources.') },
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
      answers: { 200: ref(SourceSchema, 'The source.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'source',
        find: findSource,
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
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(PatchSourceSchema),
      answers: { 200: ref(SourceSchema, 'The source as it is now.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await changeOne(db, request, reply, {
        noun: 'source',
        lock: lockSource,
        present: presentSource,
        change: async (tx, { id }, principal) => {
          await recordEvents(tx, actorOf(principal), now(), [
            {
              type: 'source.updated',
              subject: { type: 'source', id },
              data: { fields: Object.keys(request.body) }
            }
          ])
          return await updateSource(tx, id, request.body, now())
        }
      })
  )
}
