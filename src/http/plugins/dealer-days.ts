import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

import { dayTime, isDay } from '../../domain/clock/dealer-day.ts'
import type { DayEdge } from '../../domain/clock/dealer-day.ts'
import { dealerOf } from './authentication.ts'

/**
 * Replaces days in the filters of a request with times, by the clocks of the caller's dealer, before its
 * route reads them.
 */
export const dealerDays = fp(
  async (app: FastifyInstance) => {
    app.addHook('onRoute', (route) => {
      const edges = edgesIn(route.schema?.querystring)
      if (edges.length === 0) return
      const own = [route.preHandler ?? []].flat()
      route.preHandler = [
        async (request) => {
          // A request that is refused keeps its texts.
          if (request.validationError) return
          const query = request.query as Record<string, unknown>
          for (const [name, edge] of edges) {
            const text = query[name]
            if (typeof text !== 'string' || !isDay(text)) continue
            query[name] = dayTime(text, edge, dealerOf(request).timeZone)
          }
        },
        ...own
      ]
    })
  },
  { name: 'dealer-days', dependencies: ['authentication'] }
)

/** The parameters that may be days, each with the time of the day that it means. */
function edgesIn(schema: unknown): [string, DayEdge][] {
  const { properties = {} } = (schema ?? {}) as {
    properties?: Record<string, { 'x-day'?: DayEdge }>
  }
  return Object.entries(properties).flatMap(([name, { 'x-day': edge }]) =>
    edge === undefined ? [] : [[name, edge]]
  )
}
