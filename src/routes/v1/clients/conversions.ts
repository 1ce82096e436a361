import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { tenantOf } from '../../../plugins/authentication.ts'
import { problems } from '../../../problems.ts'
import { findConversion, listConversions } from '../../../repositories/clients/conversions.ts'
import {
  ConversionPageSchema,
  ConversionSchema,
  presentConversion
} from '../../../schemas/clients/conversion.ts'
import { Id, IdParams, closed, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import { presentPage, readPage } from '../../conventions.ts'
import { access, operation } from '../../operation.ts'
import type { RouteOptions } from '../../options.ts'

const ConversionQuery = Type.Object(
  {
    ...pageQuery,
    sort: Type.Optional(oneOf(['-createdAt', 'createdAt'], 'Default: newest first.')),
    lead: Type.Optional(Id())
  },
  closed
)

/** What became of converted leads. */
export const conversionRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db }) => {
  app.get(
    '/conversions',
    operation({
      id: 'listConversions',
      tag: 'Conversions',
      summary: 'List conversions',
      description: 'Undone ones too. Members need the grant `conversions.view`.',
      access: access.tenant('member', 'read', 'conversions.view'),
      query: ConversionQuery,
      answers: { 200: ref(ConversionPageSchema, 'A page of conversions.') },
      paged: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { lead } = request.query
      const page = await db.transaction(principal.dealerId, (tx) =>
        listConversions(tx, principal, { lead }, readPage(request.query))
      )
      return presentPage(request, reply, page, presentConversion)
    }
  )

  app.get(
    '/conversions/:id',
    operation({
      id: 'getConversion',
      tag: 'Conversions',
      summary: 'Read a conversion',
      description: 'Members need the grant `conversions.view`.',
      access: access.tenant('member', 'read', 'conversions.view'),
      params: IdParams,
      answers: { 200: ref(ConversionSchema, 'The conversion.') }
    }),
    async (request) => {
      const principal = tenantOf(request)
      const conversion = await db.transaction(principal.dealerId, (tx) =>
        findConversion(tx, principal, request.params.id)
      )
      if (!conversion) throw problems.notFound('conversion')
      return presentConversion(conversion)
    }
  )
}
