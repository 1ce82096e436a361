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
import { Named } from '../../../schemas/named.ts'
import { IdParams, closed, pageQuery, ref } from '../../../schemas/shared.ts'
import { changeSaleStatus } from '../../../use-cases/sales/change-sale-status.ts'
import { createSaleStatus } from '../../../use-cases/sales/create-sale-status.ts'
import { deleteSaleStatus } from '../../../use-cases/sales/delete-sale-status.ts'

const StatusQuery = Type.Object(pageQuery, closed)

const DeleteQuery = Type.Object(
  { replacementId: Type.Optional(Named('saleStatus', 'The new status of its sales.')) },
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
      summary: 'Create a sale status',
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
      summary: 'List sale statuses',
      description:
        'The list is ordered by position. A new sale gets the first status of group `open`.',
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
      summary: 'Read a sale status',
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
      summary: 'Change a sale status',
      description:
        'The last status of group `open` can’t change its group, and neither can a status ' +
        'that sales have: the problem `sale-status-in-use` has their number in `saleCount`.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      body: ref(SaleStatusSchemas.patch),
      responses: { 200: ref(SaleStatusSchemas.status, 'The changed status.') },
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
      summary: 'Delete a sale status',
      description:
        'A status that sales have needs a `replacementId`; without it the response is ' +
        '`sale-status-in-use`, with the number of sales in `saleCount`. The sales change to ' +
        'the replacement, which is recorded on each sale. If the replacement has another ' +
        'group, their rewards change accordingly. The last status of group `open` can’t be ' +
        'deleted.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      query: DeleteQuery,
      responses: { 204: Type.Null({ description: 'The status is deleted.' }) },
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
