import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { SaleStatusGroup } from '../../../domain/sales/sale.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { IN_QUERY } from '../../../http/request-parts.ts'
import { sendChanged, sendCreated, sendDone, sendOne, sendPage } from '../../../http/resources.ts'
import { saleStatusRecords } from '../../../repositories/dealers/status-records.ts'
import { presentStatus } from '../../../schemas/dealers/named-status.ts'
import { SaleStatusSchemas } from '../../../schemas/sales/sale-status.ts'
import { Id, IdParams, closed, pageQuery, ref } from '../../../schemas/shared.ts'
import { changeSaleStatus } from '../../../use-cases/sales/change-sale-status.ts'
import { createSaleStatus } from '../../../use-cases/sales/create-sale-status.ts'
import { deleteSaleStatus } from '../../../use-cases/sales/delete-sale-status.ts'

const StatusQuery = Type.Object(pageQuery, closed)

const DeleteQuery = Type.Object(
  { replacementId: Type.Optional(Id('The status that its sales then have.')) },
  closed
)

/** A dealer's own names for what becomes of sales. */
export const saleStatusRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.post(
    '/sale-statuses',
    operation({
      id: 'createSaleStatus',
      tag: 'Sales',
      summary: 'Add a status of sales',
      access: access.tenant('admin', 'admin'),
      body: ref(SaleStatusSchemas.create),
      responses: { 201: ref(SaleStatusSchemas.status, 'The status.') },
      problems: ['already-exists', 'conflict'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendCreated(request, reply, {
        now,
        create: (command) => createSaleStatus(db, { ...command, status: request.body }),
        present: presentStatus<SaleStatusGroup>,
        location: ({ id }) => `/v1/sale-statuses/${id}`
      })
  )

  app.get(
    '/sale-statuses',
    operation({
      id: 'listSaleStatuses',
      tag: 'Sales',
      summary: 'List statuses of sales',
      description: 'By position. A new sale gets the first of group `open`.',
      access: access.tenant('member', 'read'),
      query: StatusQuery,
      responses: { 200: ref(SaleStatusSchemas.page, 'A page of statuses.') },
      paged: true
    }),
    async (request, reply) =>
      await sendPage(db, request, reply, {
        list: (tx, page) => saleStatusRecords.list(tx, {}, page),
        present: presentStatus<SaleStatusGroup>,
        defaultSort: 'position'
      })
  )

  app.get(
    '/sale-statuses/:id',
    operation({
      id: 'getSaleStatus',
      tag: 'Sales',
      summary: 'Read a status of sales',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(SaleStatusSchemas.status, 'The status.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'sale status',
        find: (tx, id) => saleStatusRecords.find(tx, id),
        present: presentStatus<SaleStatusGroup>
      })
  )

  app.patch(
    '/sale-statuses/:id',
    operation({
      id: 'updateSaleStatus',
      tag: 'Sales',
      summary: 'Change a status of sales',
      description:
        'The last status of group `open` stays in it. One that sales have stays in its group: ' +
        '`sale-status-in-use` says in `saleCount` how many there are.',
      access: access.tenant('admin', 'admin'),
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(SaleStatusSchemas.patch),
      responses: { 200: ref(SaleStatusSchemas.status, 'The status as it is now.') },
      problems: ['already-exists', 'conflict', 'sale-status-in-use'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeSaleStatus(db, { ...command, statusId: request.params.id, change: request.body }),
        present: presentStatus<SaleStatusGroup>
      })
  )

  app.delete(
    '/sale-statuses/:id',
    operation({
      id: 'deleteSaleStatus',
      tag: 'Sales',
      summary: 'Delete a status of sales',
      description:
        'One that sales have needs a `replacementId`, and the move is recorded on each sale; without ' +
        'it, 409 `sale-status-in-use` says in `saleCount` how many there are. Sales that so come to ' +
        'mean something else have their rewards follow. The last status of group `open` stays.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      query: DeleteQuery,
      responses: { 204: Type.Null({ description: 'It is gone.' }) },
      problems: ['conflict', 'sale-status-in-use'],
      conditional: true
    }),
    async (request, reply) => {
      const { replacementId = null } = request.query
      return await sendDone(request, reply, {
        now,
        run: (command) =>
          deleteSaleStatus(db, { ...command, statusId: request.params.id, replacementId }),
        base: IN_QUERY
      })
    }
  )
}
