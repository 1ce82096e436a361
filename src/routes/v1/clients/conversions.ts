import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { findConversion, listConversions } from '../../../repositories/clients/conversions.ts'
import {
  ConversionPageSchema,
  ConversionSchema,
  presentConversion
} from '../../../schemas/clients/conversion.ts'
import { Id, IdParams, closed, newestFirst, pageQuery, ref } from '../../../schemas/shared.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendOne, sendPage } from '../../../http/resources.ts'

const ConversionQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    lead: Type.Optional(Id())
  },
  closed
)

/** The records of conversions. */
export const conversionRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db }) => {
  app.get(
    '/conversions',
    operation({
      id: 'listConversions',
      tag: 'Conversions',
      summary: 'List conversions',
      description: 'The list includes undone conversions.',
      access: access.tenant('member', 'read', 'conversions.view'),
      query: ConversionQuery,
      responses: { 200: ref(ConversionPageSchema, 'A page of conversions.') },
      paged: true
    }),
    async (request, reply) => {
      const { lead } = request.query
      return await sendPage(db, request, reply, {
        list: (tx, page, principal) => listConversions(tx, principal, { lead }, page),
        present: presentConversion
      })
    }
  )

  app.get(
    '/conversions/:id',
    operation({
      id: 'getConversion',
      tag: 'Conversions',
      summary: 'Read a conversion',
      access: access.tenant('member', 'read', 'conversions.view'),
      params: IdParams,
      responses: { 200: ref(ConversionSchema, 'The conversion.') }
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'conversion',
        find: (tx, id, principal) => findConversion(tx, principal, id),
        present: presentConversion
      })
  )
}
