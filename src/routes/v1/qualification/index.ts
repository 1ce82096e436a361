import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { qualificationFormRoutes } from './forms.ts'
import { handoverRoutes } from './handovers.ts'
import { offerRoutes } from './offers.ts'
import { qualificationRoutes } from './qualifications.ts'

export async function qualificationV1(
  scope: FastifyInstance,
  options: RouteOptions
): Promise<void> {
  await scope.register(qualificationFormRoutes, options)
  await scope.register(qualificationRoutes, options)
  await scope.register(offerRoutes, options)
  await scope.register(handoverRoutes, options)
}
