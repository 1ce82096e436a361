import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { assignmentRuleRoutes } from './assignment-rules.ts'
import { assignmentSimulationRoutes } from './assignment-simulation.ts'

export async function routingV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(assignmentRuleRoutes, options)
  await scope.register(assignmentSimulationRoutes, options)
}
