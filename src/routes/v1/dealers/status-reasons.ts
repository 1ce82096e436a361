import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { REASONED_GROUPS } from '../../../domain/dealers/status-reason.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendChanged, sendCreated, sendOne, sendPage } from '../../../http/resources.ts'
import {
  findStatusReason,
  listStatusReasons
} from '../../../repositories/dealers/status-reasons.ts'
import {
  CreateStatusReasonSchema,
  PatchStatusReasonSchema,
  StatusReasonPageSchema,
  StatusReasonSchema,
  presentStatusReason
} from '../../../schemas/dealers/status-reason.ts'
import { WordList } from '../../../schemas/named.ts'
import { IdParams, closed, pageQuery, ref } from '../../../schemas/shared.ts'
import { changeStatusReason } from '../../../use-cases/dealers/change-status-reason.ts'
import { createStatusReason } from '../../../use-cases/dealers/create-status-reason.ts'

const StatusReasonQuery = Type.Object(
  {
    ...pageQuery,
    group: Type.Optional(WordList(REASONED_GROUPS)),
    active: Type.Optional(Type.Boolean())
  },
  closed
)

/** A dealer's own reasons for lost and deleted leads. */
export const statusReasonRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.post(
    '/status-reasons',
    operation({
      id: 'createStatusReason',
      tag: 'Statuses',
      summary: 'Create a reason',
      access: access.tenant('admin', 'admin'),
      body: ref(CreateStatusReasonSchema),
      responses: { 201: ref(StatusReasonSchema, 'The reason.') },
      problems: ['already-exists', 'conflict'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendCreated(request, reply, {
        now,
        create: (command) => createStatusReason(db, { ...command, reason: request.body }),
        present: presentStatusReason,
        location: ({ id }) => `/v1/status-reasons/${id}`
      })
  )

  app.get(
    '/status-reasons',
    operation({
      id: 'listStatusReasons',
      tag: 'Statuses',
      summary: 'List reasons',
      description:
        'The reasons for which leads are lost or deleted, by position. The dealer’s setting ' +
        '`statusReasons` says whether a move must name one.',
      access: access.tenant('member', 'read'),
      query: StatusReasonQuery,
      responses: { 200: ref(StatusReasonPageSchema, 'A page of reasons.') },
      paged: true
    }),
    async (request, reply) =>
      await sendPage(db, request, reply, {
        list: (tx, page) => listStatusReasons(tx, request.query, page),
        present: presentStatusReason,
        defaultSort: 'position'
      })
  )

  app.get(
    '/status-reasons/:id',
    operation({
      id: 'getStatusReason',
      tag: 'Statuses',
      summary: 'Read a reason',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(StatusReasonSchema, 'The reason.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'reason',
        find: (tx, id) => findStatusReason(tx, id),
        present: presentStatusReason
      })
  )

  app.patch(
    '/status-reasons/:id',
    operation({
      id: 'updateStatusReason',
      tag: 'Statuses',
      summary: 'Change a reason',
      description: 'Leads that have the reason show its new name.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      body: ref(PatchStatusReasonSchema),
      responses: { 200: ref(StatusReasonSchema, 'The changed reason.') },
      problems: ['already-exists'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeStatusReason(db, { ...command, reasonId: request.params.id, change: request.body }),
        present: presentStatusReason
      })
  )
}
