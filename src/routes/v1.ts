import type { FastifyInstance } from 'fastify'

import { acceptAdf } from './adf-body.ts'
import type { RouteOptions } from './options.ts'
import { leadRoutes } from './v1/leads.ts'
import { sourceRoutes } from './v1/sources.ts'

/** Everything under /v1. */
export async function v1Routes(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(async (leads) => {
    acceptAdf(leads)
    await leads.register(leadRoutes, options)
  })
  await scope.register(sourceRoutes, options)
}
