import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { activityRoutes } from './activities.ts'

export async function activitiesV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(activityRoutes, options)
}
