import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { autoResponseRoutes } from './auto-responses.ts'
import { suppressionRoutes } from './suppressions.ts'
import { templatePreviewRoutes } from './template-previews.ts'
import { templateRoutes } from './templates.ts'

export async function autoResponsesV1(
  scope: FastifyInstance,
  options: RouteOptions
): Promise<void> {
  await scope.register(autoResponseRoutes, options)
  await scope.register(templateRoutes, options)
  await scope.register(templatePreviewRoutes, options)
  await scope.register(suppressionRoutes, options)
}
