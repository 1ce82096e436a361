import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Transaction } from '../../../database/client.ts'
import { holdsScope } from '../../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import type { SaleStatus } from '../../../domain/sales/sale.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { lockAssignee } from '../../../repositories/access/assignees.ts'
import { saleStatusRecords } from '../../../repositories/dealers/status-records.ts'
import { findSale, listSales, lockSale } from '../../../repositories/sales/sales.ts'
import {
  PatchSaleSchema,
  SalePageSchema,
  SaleSchema,
  patchVehicle,
  presentSale
} from '../../../schemas/sales/sale.ts'
import {
  Id,
  IdParams,
  Instant,
  closed,
  oneOf,
  pageQuery,
  readInstant,
  ref
} from '../../../schemas/shared.ts'
import { changeSale } from '../../../use-cases/sales/update-sale.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { changeOne, sendOne, sendPage } from '../../../http/resources.ts'

const SaleQuery = Type.Object(
  {
    ...pageQuery,
    sort: Type.Optional(oneOf(['-soldAt', 'soldAt'], 'Default: newest first.')),
    status: Type.Optional(Id('Of sales.')),
    user: Type.Optional(Id('Who gets the credit at the dealer.')),
    promoter: Type.Optional(Id('Who gets the credit for bringing the lead.')),
    client: Type.Optional(Id()),
    lead: Type.Optional(Id()),
    soldFrom: Type.Optional(Instant('Sold at this time or later.')),
    soldTo: Type.Optional(Instant('Sold before this time.')),
    undone: Type.Optional(Type.Boolean({ description: 'Whether mistakes are listed, too.' }))
  },
  closed
)

/** What was sold. A sale is made by its lead, and by nobody else. */
export const saleRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.get(
    '/sales',
    operation({
      id: 'listSales',
      tag: 'Sales',
      summary: 'List sales',
      description:
        'A sale is recorded the first time a lead enters a status of group `sold`, by whatever way, ' +
        'with its deal, its vehicle and its price as they are then; a lead has one for ever, however ' +
        'often it goes to `lost` and comes back, which changes nothing of the sale. Where it was a ' +
        'mistake, undo its `operationId`: the lead goes back to where it came from, and may be sold ' +
        'to again. Test leads make no sales.\n\n' +
        'The credit is the assignee’s of that moment, and the promoter’s who brought the lead, if ' +
        'they are active, or were removed only after the lead came in. A promoter who was removed ' +
        'before, or is still invited or pending, gets none: the lead goes on to the user.',
      access: access.tenant('member', 'read'),
      query: SaleQuery,
      answers: { 200: ref(SalePageSchema, 'A page of sales.') },
      paged: true
    }),
    async (request, reply) => {
      const { soldFrom, soldTo, ...query } = request.query
      const filter = {
        ...query,
        soldFrom: readInstant(soldFrom),
        soldTo: readInstant(soldTo)
      }
      return await sendPage(db, request, reply, {
        list: (tx, page, principal) => listSales(tx, principal, filter, page),
        present: presentSale,
        defaultSort: '-soldAt'
      })
    }
  )

  app.get(
    '/sales/:id',
    operation({
      id: 'getSale',
      tag: 'Sales',
      summary: 'Read a sale',
      access: access.tenant('member', 'read'),
      params: IdParams,
      answers: { 200: ref(SaleSchema, 'The sale.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'sale',
        find: (tx, id, principal) => findSale(tx, principal, id),
        present: presentSale
      })
  )

  app.patch(
    '/sales/:id',
    operation({
      id: 'updateSale',
      tag: 'Sales',
      summary: 'Change a sale',
      description:
        'A status of group `fulfilled` makes a pending reward eligible; one of group `cancelled` ' +
        'cancels it and takes back its points, paid or not; one of another group brings it back. ' +
        'Who gets the credit is for admins to say.',
      access: access.tenant('member', 'write'),
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(PatchSaleSchema),
      answers: { 200: ref(SaleSchema, 'The sale as it is now.') },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { statusId, userId, vehicle, ...words } = request.body
      if (userId !== undefined) refuseOthers(tenantOf(request))
      let status: SaleStatus | null = null
      return await changeOne(db, request, reply, {
        noun: 'sale',
        lock: async (tx, id, principal) => {
          // The status before the sale, as its deletion locks them.
          if (statusId !== undefined) status = await saleStatusRecords.lock(tx, statusId, 'target')
          return await lockSale(tx, principal, id)
        },
        change: async (tx, before, principal) => {
          if (statusId !== undefined && !status) throw unknown('/statusId', 'a status of sales')
          if (before.undoneAt) throw problems.conflict('The sale was a mistake, and undone.')
          if (typeof userId === 'string') await checkUser(tx, userId)
          const change = {
            ...words,
            ...(userId === undefined ? {} : { userId }),
            ...(vehicle === undefined ? {} : { vehicle: patchVehicle(before.vehicle, vehicle) })
          }
          const actor = actorOf(principal)
          return await changeSale(tx, before, { status, change, actor, now: now() })
        },
        present: presentSale
      })
    }
  )
}

function refuseOthers(principal: TenantPrincipal): void {
  const isAdmin =
    principal.kind === 'key' ? holdsScope(principal.scopes, 'admin') : principal.role !== 'member'
  if (!isAdmin) throw problems.forbidden('Who gets the credit is for admins to say.')
}

async function checkUser(tx: Transaction, userId: string): Promise<void> {
  const user = await lockAssignee(tx, userId)
  if (user?.active !== true) throw unknown('/userId', 'an active user')
}

function unknown(pointer: string, what: string) {
  return problems.validation([{ pointer, message: `is not ${what}` }])
}
