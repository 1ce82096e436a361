import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { rewardProgrammeRoutes } from './reward-programmes.ts'
import { rewardRoutes } from './rewards.ts'
import { saleStatusRoutes } from './sale-statuses.ts'
import { saleRoutes } from './sales.ts'

export async function salesV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(saleRoutes, options)
  await scope.register(saleStatusRoutes, options)
  await scope.register(rewardProgrammeRoutes, options)
  await scope.register(rewardRoutes, options)
}
