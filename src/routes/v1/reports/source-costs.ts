import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { dealerOf } from '../../../http/plugins/authentication.ts'
import { sendChanged, sendDone, sendPage } from '../../../http/resources.ts'
import { listSourceCosts } from '../../../repositories/reports/source-costs.ts'
import {
  Month,
  SourceCostPageSchema,
  SourceCostSchema,
  WriteSourceCostSchema,
  presentSourceCost
} from '../../../schemas/reports/source-cost.ts'
import { NamedList } from '../../../schemas/named.ts'
import { Id, closed, pageQuery, ref } from '../../../schemas/shared.ts'
import { deleteSourceCost } from '../../../use-cases/reports/delete-source-cost.ts'
import { writeSourceCost } from '../../../use-cases/reports/write-source-cost.ts'

const SourceCostQuery = Type.Object(
  {
    ...pageQuery,
    source: Type.Optional(NamedList('source')),
    from: Type.Optional(Month('The first month.')),
    to: Type.Optional(Month('The last month, included.'))
  },
  closed
)

const CostParams = Type.Object({ id: Id(), month: Month('`YYYY-MM`.') }, closed)

/** The costs of sources by month, which reports compare with the leads of the source. */
export const sourceCostRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.get(
    '/source-costs',
    operation({
      id: 'listSourceCosts',
      tag: 'Reports',
      summary: 'List source costs',
      description: 'The list is ordered by source and month.',
      access: access.tenant('admin', 'read'),
      query: SourceCostQuery,
      responses: { 200: ref(SourceCostPageSchema, 'A page of costs.') },
      paged: true
    }),
    async (request, reply) => {
      const { source, from = null, to = null } = request.query
      const { currency } = dealerOf(request)
      return await sendPage(db, request, reply, {
        list: (tx, page) => listSourceCosts(tx, { source, from, to }, page),
        present: (cost) => presentSourceCost(cost, currency),
        defaultSort: 'source'
      })
    }
  )

  app.put(
    '/sources/:id/costs/:month',
    operation({
      id: 'writeSourceCost',
      tag: 'Reports',
      summary: 'Set the cost of a source in a month',
      description: 'Replaces the cost of that month.',
      access: access.tenant('admin', 'admin'),
      params: CostParams,
      body: ref(WriteSourceCostSchema),
      responses: { 200: ref(SourceCostSchema, 'The new cost.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          writeSourceCost(db, { ...command, ...monthOf(request.params), content: request.body }),
        present: (cost) => presentSourceCost(cost, dealerOf(request).currency)
      })
  )

  app.delete(
    '/sources/:id/costs/:month',
    operation({
      id: 'deleteSourceCost',
      tag: 'Reports',
      summary: 'Remove the cost of a source in a month',
      description: 'The cost of that month is then unknown.',
      access: access.tenant('admin', 'admin'),
      params: CostParams,
      responses: { 204: Type.Null({ description: 'Removed.' }) },
      conditional: true
    }),
    async (request, reply) =>
      await sendDone(request, reply, {
        now,
        run: (command) => deleteSourceCost(db, { ...command, ...monthOf(request.params) })
      })
  )
}

function monthOf({ id, month }: { id: string; month: string }) {
  return { sourceId: id, month }
}
