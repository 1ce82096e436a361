import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { countedLeadRoutes } from './counted-leads.ts'
import { funnelRoutes } from './funnel.ts'
import { incentiveRateRoutes } from './incentive-rates.ts'
import { referralReportRoutes } from './referrals.ts'
import { responseTimeRoutes } from './response-times.ts'
import { sourceCostRoutes } from './source-costs.ts'
import { sourceReportRoutes } from './sources.ts'
import { teamReportRoutes } from './team.ts'
import { workListRoutes } from './work-list.ts'

export async function reportsV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(sourceReportRoutes, options)
  await scope.register(referralReportRoutes, options)
  await scope.register(workListRoutes, options)
  await scope.register(responseTimeRoutes, options)
  await scope.register(teamReportRoutes, options)
  await scope.register(incentiveRateRoutes, options)
  await scope.register(funnelRoutes, options)
  await scope.register(sourceCostRoutes, options)
  await scope.register(countedLeadRoutes, options)
}
