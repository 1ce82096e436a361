import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { calendarRoutes } from './calendars.ts'

export async function calendarV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(calendarRoutes, options)
}
