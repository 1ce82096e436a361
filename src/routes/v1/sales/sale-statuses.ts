import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { newId } from '../../../ids.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import {
  findSaleStatus,
  insertSaleStatus,
  listSaleStatuses,
  lockSaleStatus,
  measureSaleStatuses
} from '../../../repositories/sales/sale-statuses.ts'
import {
  CreateSaleStatusSchema,
  PatchSaleStatusSchema,
  SaleStatusPageSchema,
  SaleStatusSchema,
  presentSaleStatus
} from '../../../schemas/sales/sale-status.ts'
import { Id, IdParams, closed, pageQuery, ref } from '../../../schemas/shared.ts'
import {
  SALE_STATUSES_LOCK,
  changeSaleStatus,
  removeSaleStatus
} from '../../../use-cases/sales/change-sale-status.ts'
import { checkVersion, createOnce } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { changeOne, sendOne, sendPage } from '../../../http/resources.ts'

/** More would be a mistake of a program, and no list that people choose from. */
const MAX_STATUSES = 200

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
      body: ref(CreateSaleStatusSchema),
      answers: { 201: ref(SaleStatusSchema, 'The status.') },
      problems: ['already-exists', 'conflict'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const locks = [SALE_STATUSES_LOCK]
      return await createOnce({ db, now, principal, locks }, request, reply, async (tx) => {
        const at = now()
        const { count, nextPosition: position } = await measureSaleStatuses(tx)
        if (count >= MAX_STATUSES) throw problems.conflict(`There are ${MAX_STATUSES} already.`)
        const stamps = { version: 1, createdAt: at, updatedAt: at }
        const status = { id: newId(), color: null, position, ...request.body, ...stamps }
        await insertSaleStatus(tx, status)
        await recordEvents(tx, actorOf(principal), at, [
          {
            type: 'sale_status.created',
            subject: { type: 'sale_status', id: status.id },
            data: { group: status.group }
          }
        ])
        const location = `/v1/sale-statuses/${status.id}`
        return { body: presentSaleStatus(status), location, version: 1 }
      })
    }
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
      answers: { 200: ref(SaleStatusPageSchema, 'A page of statuses.') },
      paged: true
    }),
    async (request, reply) =>
      await sendPage(db, request, reply, {
        list: listSaleStatuses,
        present: presentSaleStatus,
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
      answers: { 200: ref(SaleStatusSchema, 'The status.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'sale status',
        find: findSaleStatus,
        present: presentSaleStatus
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
      body: ref(PatchSaleStatusSchema),
      answers: { 200: ref(SaleStatusSchema, 'The status as it is now.') },
      problems: ['already-exists', 'conflict', 'sale-status-in-use'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await changeOne(db, request, reply, {
        noun: 'sale status',
        lock: lockSaleStatus,
        locks: [SALE_STATUSES_LOCK],
        change: async (tx, before, principal) => {
          const call = { change: request.body, actor: actorOf(principal), now: now() }
          const verdict = await changeSaleStatus(tx, before, call)
          if (!('status' in verdict)) throw refuse(verdict)
          return verdict.status
        },
        present: presentSaleStatus
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
      answers: { 204: Type.Null({ description: 'It is gone.' }) },
      problems: ['conflict', 'sale-status-in-use'],
      conditional: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { replacementId = null } = request.query
      await db.transaction(
        principal.dealerId,
        async (tx) => {
          const status = await lockSaleStatus(tx, request.params.id)
          if (!status) throw problems.notFound('sale status')
          checkVersion(request, status.version)
          const call = { replacementId, actor: actorOf(principal), now: now() }
          const verdict = await removeSaleStatus(tx, status, call)
          if (verdict !== 'deleted') throw refuse(verdict)
        },
        [SALE_STATUSES_LOCK]
      )
      return await reply.code(204).send(null)
    }
  )
}

function refuse(
  obstacle: { refusal: 'last-open' | 'unknown-replacement' } | { saleCount: number }
): Problem {
  if ('saleCount' in obstacle) return problems.saleStatusInUse(obstacle.saleCount)
  if (obstacle.refusal === 'last-open') {
    return problems.conflict('It is the last status of group open, which new sales get.')
  }
  const message = 'is not another status of sales'
  return problems.validation([{ pointer: '/replacementId', message }])
}
