import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { deliveryRoutes } from './deliveries.ts'
import { deliveryRetryRoutes } from './delivery-retries.ts'

export async function deliveriesV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(deliveryRoutes, options)
  await scope.register(deliveryRetryRoutes, options)
}
