import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { customFieldRoutes } from './custom-fields.ts'
import { fieldMappingRoutes } from './field-mapping.ts'

export async function fieldsV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(fieldMappingRoutes, options)
  await scope.register(customFieldRoutes, options)
}
