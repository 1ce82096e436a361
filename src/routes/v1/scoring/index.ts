import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { leadScoreRoutes } from './lead-score.ts'
import { scoringRuleRoutes } from './scoring-rules.ts'

export async function scoringV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(leadScoreRoutes, options)
  await scope.register(scoringRuleRoutes, options)
}
