import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendChanged, sendOne, sendPage } from '../../../http/resources.ts'
import { listSales } from '../../../repositories/sales/sale-list.ts'
import { findSale } from '../../../repositories/sales/sales.ts'
import {
  PatchSaleSchema,
  SalePageSchema,
  SaleSchema,
  patchVehicle,
  presentSale
} from '../../../schemas/sales/sale.ts'
import { NamedList } from '../../../schemas/named.ts'
import {
  CHANGES_DESCRIPTION,
  Id,
  IdParams,
  DayFrom,
  DayTo,
  closed,
  oneOf,
  pageQuery,
  readInstant,
  ref,
  updatedPeriod
} from '../../../schemas/shared.ts'
import { changeSale } from '../../../use-cases/sales/change-sale.ts'

const SaleQuery = Type.Object(
  {
    ...pageQuery,
    sort: Type.Optional(
      oneOf(
        ['-soldAt', 'soldAt', '-updatedAt', 'updatedAt'],
        `Default: newest first. ${CHANGES_DESCRIPTION} It also lists undone sales.`
      )
    ),
    ...updatedPeriod('sales'),
    status: Type.Optional(NamedList('saleStatus')),
    user: Type.Optional(NamedList('user', 'The credited user.')),
    promoter: Type.Optional(NamedList('promoter', 'The credited promoter.')),
    client: Type.Optional(Id()),
    lead: Type.Optional(Id()),
    soldFrom: Type.Optional(DayFrom('Only sales sold at this time or later, or from this day on.')),
    soldTo: Type.Optional(DayTo('Only sales sold before this time, or until the end of this day.')),
    undone: Type.Optional(
      Type.Boolean({ description: '`true`: the list includes undone sales. Default: `false`.' })
    )
  },
  closed
)

/** Sales. Only a lead that enters a status of group `sold` creates a sale. */
export const saleRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain }
) => {
  app.get(
    '/sales',
    operation({
      id: 'listSales',
      tag: 'Sales',
      summary: 'List sales',
      description:
        'A sale is recorded when a lead first enters a status of group `sold`, with the ' +
        'opportunity, vehicle and price at that time. A lead has one sale: a move to another group ' +
        'cancels it, and the same sale counts again when the lead is sold again. To correct a mistake, undo the operation `operationId`: ' +
        'the lead returns to its earlier status and can be sold again. Test leads create no ' +
        'sales.\n\nThe sale is credited to the user to whom the lead is assigned at that ' +
        'time, and to the promoter of the referral link if the promoter was active when the ' +
        'lead was received. Invited, pending and removed promoters get no credit.',
      access: access.tenant('member', 'read'),
      query: SaleQuery,
      responses: { 200: ref(SalePageSchema, 'A page of sales.') },
      paged: true
    }),
    async (request, reply) => {
      const { soldFrom, soldTo, updatedFrom, updatedTo, ...query } = request.query
      const filter = {
        ...query,
        soldFrom: readInstant(soldFrom),
        soldTo: readInstant(soldTo),
        updatedFrom: readInstant(updatedFrom),
        updatedTo: readInstant(updatedTo)
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
      responses: { 200: ref(SaleSchema, 'The sale.') },
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
        'A status of group `fulfilled` makes a pending reward eligible. A status of group ' +
        '`cancelled` cancels the reward and subtracts its points, even if it was paid; the lead and ' +
        'the opportunity that the sale won go back to where they stood before it. A status of ' +
        'another group restores all of it: the lead is sold and the opportunity won again. As for a ' +
        'new sale, the lead may be neither lost nor deleted, and the opportunity neither lost nor ' +
        'sold by another sale. Where another sale has the vehicle, the response is `vehicle-sold`, unless ' +
        '`allowDuplicate` is true. Only owners and admins change the ' +
        'credited user.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(PatchSaleSchema),
      responses: { 200: ref(SaleSchema, 'The changed sale.') },
      problems: ['conflict', 'vehicle-sold'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { statusId, userId, vehicle, allowDuplicate = false, ...plain } = request.body
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeSale(db, {
            ...command,
            saleId: request.params.id,
            statusId: statusId ?? null,
            userId,
            allowDuplicate,
            mailDomain,
            change: (before) => ({
              ...plain,
              ...(vehicle === undefined ? {} : { vehicle: patchVehicle(before.vehicle, vehicle) })
            })
          }),
        present: presentSale
      })
    }
  )
}
