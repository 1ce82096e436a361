import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { apiKeyRoutes } from './api-keys.ts'
import { authRoutes } from './auth.ts'
import { userRoutes } from './users.ts'

export async function accessV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(authRoutes, options)
  await scope.register(userRoutes, options)
  await scope.register(apiKeyRoutes, options)
}
