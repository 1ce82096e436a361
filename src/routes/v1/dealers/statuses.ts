import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { STATUS_GROUPS, groupsWhere, listGroups } from '../../../domain/leads/status-groups.ts'
import type { StatusGroup } from '../../../domain/leads/status-groups.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { IN_QUERY } from '../../../http/request-parts.ts'
import { sendChanged, sendCreated, sendDone, sendOne, sendPage } from '../../../http/resources.ts'
import { leadStatuses } from '../../../repositories/dealers/status-records.ts'
import { presentStatus } from '../../../schemas/dealers/named-status.ts'
import {
  StatusGroupsSchema,
  StatusSchemas,
  presentStatusGroups
} from '../../../schemas/dealers/status.ts'
import { Named, WordList } from '../../../schemas/named.ts'
import { IdParams, closed, pageQuery, ref } from '../../../schemas/shared.ts'
import { changeStatus } from '../../../use-cases/dealers/change-status.ts'
import { createStatus } from '../../../use-cases/dealers/create-status.ts'
import { deleteStatus } from '../../../use-cases/dealers/delete-status.ts'

const SYSTEM = groupsWhere(({ isSystem }) => isSystem)
const STAGES = groupsWhere(({ isStage }) => isStage)

const StatusQuery = Type.Object(
  { ...pageQuery, group: Type.Optional(WordList(STATUS_GROUPS)) },
  closed
)

const DeleteStatusQuery = Type.Object(
  { replacementId: Type.Optional(Named('status', 'The new status of its leads.')) },
  closed
)

/** A dealer's own names for stages. */
export const statusRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.post(
    '/statuses',
    operation({
      id: 'createStatus',
      tag: 'Statuses',
      summary: 'Create a status',
      access: access.tenant('admin', 'admin'),
      body: ref(StatusSchemas.create),
      responses: { 201: ref(StatusSchemas.status, 'The status.') },
      problems: ['already-exists', 'conflict'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendCreated(request, reply, {
        now,
        create: (command) => createStatus(db, { ...command, status: request.body }),
        present: presentStatus<StatusGroup>,
        location: ({ id }) => `/v1/statuses/${id}`
      })
  )

  app.get(
    '/statuses',
    operation({
      id: 'listStatuses',
      tag: 'Statuses',
      summary: 'List statuses',
      description: 'The list is ordered by position.',
      access: access.tenant('member', 'read'),
      query: StatusQuery,
      responses: { 200: ref(StatusSchemas.page, 'A page of statuses.') },
      paged: true
    }),
    async (request, reply) => {
      const { group } = request.query
      return await sendPage(db, request, reply, {
        list: (tx, page) => leadStatuses.list(tx, { group }, page),
        present: presentStatus<StatusGroup>,
        defaultSort: 'position'
      })
    }
  )

  app.get(
    '/status-groups',
    operation({
      id: 'listStatusGroups',
      tag: 'Statuses',
      summary: 'List status groups',
      description:
        'The group gives the meaning of a status. The groups are the same for every dealer.',
      access: access.tenant('member', 'read'),
      responses: { 200: ref(StatusGroupsSchema, 'All groups.') }
    }),
    () => presentStatusGroups()
  )

  app.get(
    '/statuses/:id',
    operation({
      id: 'getStatus',
      tag: 'Statuses',
      summary: 'Read a status',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(StatusSchemas.status, 'The status.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'status',
        find: (tx, id) => leadStatuses.find(tx, id),
        present: presentStatus<StatusGroup>
      })
  )

  app.patch(
    '/statuses/:id',
    operation({
      id: 'updateStatus',
      tag: 'Statuses',
      summary: 'Change a status',
      description:
        `The last status of ${listGroups(SYSTEM, 'or')} can’t change its group. A status ` +
        `that leads have can change to ${listGroups(STAGES, 'or')}. The other groups have ` +
        'conditions for each lead: move the leads instead.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      body: ref(StatusSchemas.patch),
      responses: { 200: ref(StatusSchemas.status, 'The changed status.') },
      problems: ['already-exists', 'conflict', 'status-in-use'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeStatus(db, { ...command, statusId: request.params.id, change: request.body }),
        present: presentStatus<StatusGroup>
      })
  )

  app.delete(
    '/statuses/:id',
    operation({
      id: 'deleteStatus',
      tag: 'Statuses',
      summary: 'Delete a status',
      description:
        'A status that leads have needs a `replacementId`; without it the response is ' +
        '`status-in-use`, with the number of leads in `leadCount`. The leads move to the ' +
        'replacement, which is recorded in the history of each lead. The last status of ' +
        '`new`, `linked`, `converted` or `deleted` stays.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      query: DeleteStatusQuery,
      responses: { 204: Type.Null({ description: 'The status is deleted.' }) },
      problems: ['conflict', 'status-in-use'],
      conditional: true
    }),
    async (request, reply) => {
      const { replacementId = null } = request.query
      return await sendDone(request, reply, {
        now,
        run: (command) =>
          deleteStatus(db, { ...command, statusId: request.params.id, replacementId }),
        base: IN_QUERY
      })
    }
  )
}
