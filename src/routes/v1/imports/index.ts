import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { createImportRoutes } from './create-import.ts'
import { importProblemRoutes } from './import-problems.ts'
import { importProgressRoutes } from './import-progress.ts'
import { importWorkRoutes } from './import-work.ts'
import { importRoutes } from './imports.ts'

export async function importsV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(importWorkRoutes, options)
  await scope.register(importProgressRoutes, options)
  await scope.register(importProblemRoutes, options)
  await scope.register(createImportRoutes, options)
  await scope.register(importRoutes, options)
}
