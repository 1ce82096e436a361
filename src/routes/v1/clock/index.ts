import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { leadClockRoutes } from './lead-clocks.ts'

export async function clockV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(leadClockRoutes, options)
}
