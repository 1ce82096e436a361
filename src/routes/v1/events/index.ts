import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { eventRoutes } from './events.ts'

export async function eventsV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(eventRoutes, options)
}
