import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'

import type { Transaction } from '../../../database/client.ts'
import type { SourceCost } from '../../../domain/reports/source-cost.ts'
import { dealerOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { findSourceByKey, lockSource } from '../../../repositories/dealers/sources.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import type { EventType } from '../../../domain/events/event.ts'
import {
  deleteSourceCost,
  listSourceCosts,
  lockSourceCost,
  writeSourceCost
} from '../../../repositories/reports/source-costs.ts'
import {
  Month,
  SourceCostPageSchema,
  SourceCostSchema,
  WriteSourceCostSchema,
  presentSourceCost
} from '../../../schemas/reports/source-cost.ts'
import { Id, closed, pageQuery, ref, requiredText } from '../../../schemas/shared.ts'
import { checkVersion, setVersion } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendPage } from '../../../http/resources.ts'

const SourceCostQuery = Type.Object(
  {
    ...pageQuery,
    source: Type.Optional(requiredText(60, 'A source’s key.')),
    from: Type.Optional(Month('First month.')),
    to: Type.Optional(Month('Last month, which is listed too.'))
  },
  closed
)

const CostParams = Type.Object({ id: Id(), month: Month('`YYYY-MM`.') }, closed)

/** What sources cost by month, which reports set beside what came of them. */
export const sourceCostRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.get(
    '/source-costs',
    operation({
      id: 'listSourceCosts',
      tag: 'Reports',
      summary: 'List what sources cost',
      description: 'By source and month.',
      access: access.tenant('admin', 'read'),
      query: SourceCostQuery,
      answers: { 200: ref(SourceCostPageSchema, 'A page of costs.') },
      paged: true
    }),
    async (request, reply) => {
      const { source, from = null, to = null } = request.query
      const { currency } = dealerOf(request)
      return await sendPage(db, request, reply, {
        list: async (tx, page) => {
          const found = source === undefined ? null : await findSourceByKey(tx, source)
          if (source !== undefined && !found) return { data: [], next: null }
          return await listSourceCosts(tx, { sourceId: found?.id ?? null, from, to }, page)
        },
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
      summary: 'Say what a source cost in a month',
      description: 'In the place of what was said before.',
      access: access.tenant('admin', 'admin'),
      params: CostParams,
      body: ref(WriteSourceCostSchema),
      answers: { 200: ref(SourceCostSchema, 'The cost as it is now.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { dealerId } = tenantOf(request)
      const place = placeOf(request)
      const cost = await db.transaction(dealerId, async (tx) => {
        const before = await lockPlace(tx, place)
        checkVersion(request, before?.version ?? 0)
        await recordCost(tx, request, 'source_cost.updated', now())
        return await writeSourceCost(tx, { ...place, ...request.body }, now())
      })
      setVersion(reply, cost.version)
      return presentSourceCost(cost, dealerOf(request).currency)
    }
  )

  app.delete(
    '/sources/:id/costs/:month',
    operation({
      id: 'deleteSourceCost',
      tag: 'Reports',
      summary: 'Take back what a source cost in a month',
      description: 'It is then not known.',
      access: access.tenant('admin', 'admin'),
      params: CostParams,
      answers: { 204: Type.Null({ description: 'It is gone.' }) },
      conditional: true
    }),
    async (request, reply) => {
      const { dealerId } = tenantOf(request)
      await db.transaction(dealerId, async (tx) => {
        const before = await lockPlace(tx, placeOf(request))
        if (!before) throw problems.notFound('cost')
        checkVersion(request, before.version)
        await deleteSourceCost(tx, placeOf(request))
        await recordCost(tx, request, 'source_cost.deleted', now())
      })
      return await reply.code(204).send(null)
    }
  )
}

function placeOf(request: FastifyRequest): { sourceId: string; month: string } {
  const { id, month } = request.params as { id: string; month: string }
  return { sourceId: id, month }
}

/** The source is locked: there is no row of its own to lock before the first cost is written. */
async function lockPlace(
  tx: Transaction,
  place: { sourceId: string; month: string }
): Promise<SourceCost | null> {
  if (!(await lockSource(tx, place.sourceId))) throw problems.notFound('source')
  return await lockSourceCost(tx, place)
}

async function recordCost(
  tx: Transaction,
  request: FastifyRequest,
  type: EventType,
  at: Date
): Promise<void> {
  const { sourceId, month } = placeOf(request)
  await recordEvents(tx, actorOf(tenantOf(request)), at, [
    { type, subject: { type: 'source', id: sourceId }, data: { month } }
  ])
}
