import type { FastifyPluginAsyncTypebox, TSchema } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { StatusGroup } from '../../../domain/leads/status-groups.ts'
import type { SaleStatusGroup } from '../../../domain/sales/sale.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import type { ProblemType } from '../../../http/problems.ts'
import { IN_QUERY } from '../../../http/request-parts.ts'
import { sendChanged, sendCreated, sendDone, sendOne, sendPage } from '../../../http/resources.ts'
import { presentStatus } from '../../../schemas/dealers/named-status.ts'
import type { namedStatusSchemas } from '../../../schemas/dealers/named-status.ts'
import { Named, WordList } from '../../../schemas/named.ts'
import { IdParams, closed, pageQuery, ref } from '../../../schemas/shared.ts'
import { changeStatus } from '../../../use-cases/dealers/change-status.ts'
import { createStatus } from '../../../use-cases/dealers/create-status.ts'
import { deleteStatus } from '../../../use-cases/dealers/delete-status.ts'
import type {
  NewStatus,
  StatusKind,
  StatusUpdate
} from '../../../use-cases/dealers/steps/status-writes.ts'

/** How the statuses of one kind of record are shown in the contract. */
interface StatusResource<Group extends StatusGroup | SaleStatusGroup> {
  kind: StatusKind<Group>
  groups: readonly Group[]
  schemas: ReturnType<typeof namedStatusSchemas<readonly Group[]>>
  path: '/statuses' | '/sale-statuses'
  tag: string
  /** The operation ids have it: `createStatus`, `listStatuses`. */
  id: 'Status' | 'SaleStatus'
  named: 'status' | 'saleStatus'
  descriptions: { list: string; change: string; replacement: string; delete: string }
  inUse: ProblemType
}

/** The routes of a dealer's own statuses, of leads or of sales. */
export function namedStatusRoutes<Group extends StatusGroup | SaleStatusGroup>(
  resource: StatusResource<Group>
): FastifyPluginAsyncTypebox<RouteOptions> {
  const { kind, schemas, path, tag, id, descriptions, inUse } = resource
  const { noun, records } = kind
  const page = schemas.page as TSchema
  const present = presentStatus<Group>
  const query = Type.Object(
    { ...pageQuery, group: Type.Optional(WordList(resource.groups)) },
    closed
  )
  const deletion = Type.Object(
    { replacementId: Type.Optional(Named(resource.named, descriptions.replacement)) },
    closed
  )
  const statusRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
    app,
    { db, now, mailDomain }
  ) => {
    app.post(
      path,
      operation({
        id: `create${id}`,
        tag,
        summary: `Create a ${noun}`,
        access: access.tenant('admin', 'admin'),
        body: ref(schemas.create),
        responses: { 201: ref<TSchema>(schemas.status, 'The status.') },
        problems: ['already-exists', 'conflict'],
        idempotent: true,
        versioned: true
      }),
      async (request, reply) => {
        const status = request.body as NewStatus<Group>['status']
        return await sendCreated(request, reply, {
          now,
          create: (command) => createStatus(db, kind, { ...command, status }),
          present,
          location: (created) => `/v1${path}/${created.id}`
        })
      }
    )

    app.get(
      path,
      operation({
        id: `list${id}es`,
        tag,
        summary: `List ${noun}es`,
        description: descriptions.list,
        access: access.tenant('member', 'read'),
        query,
        responses: { 200: ref(page, 'A page of statuses.') },
        paged: true
      }),
      async (request, reply) => {
        const { group } = request.query as { group?: readonly Group[] }
        return await sendPage(db, request, reply, {
          list: (tx, asked) => records.list(tx, { group }, asked),
          present,
          defaultSort: 'position'
        })
      }
    )

    app.get(
      `${path}/:id`,
      operation({
        id: `get${id}`,
        tag,
        summary: `Read a ${noun}`,
        access: access.tenant('member', 'read'),
        params: IdParams,
        responses: { 200: ref<TSchema>(schemas.status, 'The status.') },
        versioned: true
      }),
      async (request, reply) =>
        await sendOne(db, request, reply, {
          noun,
          find: (tx, statusId) => records.find(tx, statusId),
          present
        })
    )

    app.patch(
      `${path}/:id`,
      operation({
        id: `update${id}`,
        tag,
        summary: `Change a ${noun}`,
        description: descriptions.change,
        access: access.tenant('admin', 'admin'),
        params: IdParams,
        body: ref(schemas.patch),
        responses: { 200: ref<TSchema>(schemas.status, 'The changed status.') },
        problems: ['already-exists', 'conflict', inUse],
        conditional: true,
        versioned: true
      }),
      async (request, reply) => {
        const change = request.body as StatusUpdate<Group>['change']
        const statusId = request.params.id
        return await sendChanged(request, reply, {
          now,
          change: (command) => changeStatus(db, kind, { ...command, statusId, change }),
          present
        })
      }
    )

    app.delete(
      `${path}/:id`,
      operation({
        id: `delete${id}`,
        tag,
        summary: `Delete a ${noun}`,
        description: descriptions.delete,
        access: access.tenant('admin', 'admin'),
        params: IdParams,
        query: deletion,
        responses: { 204: Type.Null({ description: 'The status is deleted.' }) },
        problems: ['conflict', inUse],
        conditional: true
      }),
      async (request, reply) => {
        const { replacementId = null } = request.query
        const statusId = request.params.id
        return await sendDone(request, reply, {
          now,
          run: (command) =>
            deleteStatus(db, kind, { ...command, mailDomain, statusId, replacementId }),
          base: IN_QUERY
        })
      }
    )
  }
  return statusRoutes
}
