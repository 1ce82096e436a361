import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { dealerRoutes } from './dealer.ts'
import { dealersRoutes } from './dealers.ts'
import { matchingRoutes } from './matching.ts'
import { queueRoutes } from './queues.ts'
import { sourceRoutes } from './sources.ts'
import { statusReasonRoutes } from './status-reasons.ts'
import { statusRoutes } from './statuses.ts'
import { teamRoutes } from './teams.ts'

export async function dealersV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(sourceRoutes, options)
  await scope.register(dealerRoutes, options)
  await scope.register(matchingRoutes, options)
  await scope.register(dealersRoutes, options)
  await scope.register(statusRoutes, options)
  await scope.register(statusReasonRoutes, options)
  await scope.register(queueRoutes, options)
  await scope.register(teamRoutes, options)
}
