import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { operationRoutes } from './operations.ts'

export async function operationsV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(operationRoutes, options)
}
