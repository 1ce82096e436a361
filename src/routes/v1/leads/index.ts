import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { acceptLeads } from '../../../http/plugins/body-parsing.ts'
import { leadAssignmentRoutes } from './lead-assignments.ts'
import { leadCountRoutes } from './lead-counts.ts'
import { leadCaptureRoutes } from './lead-captures.ts'
import { leadRecordRoutes } from './lead-records.ts'
import { leadWorkRoutes } from './lead-work.ts'
import { leadRoutes } from './leads.ts'

export async function leadsV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(async (leads) => {
    acceptLeads(leads, ({ dealer }) => Promise.resolve(dealer))
    await leads.register(leadCaptureRoutes, options)
  })
  await scope.register(leadRoutes, options)
  await scope.register(leadCountRoutes, options)
  await scope.register(leadWorkRoutes, options)
  await scope.register(leadAssignmentRoutes, options)
  await scope.register(leadRecordRoutes, options)
}
