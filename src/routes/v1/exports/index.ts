import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { exportRoutes } from './exports.ts'

export async function exportsV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(exportRoutes, options)
}
