import { randomUUID } from 'node:crypto'

import Fastify from 'fastify'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'

import { problemDetails } from './http/plugins/problem-details.ts'
import { createSerializerCompiler } from './http/serialization.ts'
import { createValidatorCompiler } from './http/validation.ts'
import { healthRoutes } from './routes/public/health.ts'
import type { HealthOptions } from './routes/public/health.ts'
import { sharedSchemas } from './schemas/all.ts'

/** No request to a worker has a body. */
const BODY_LIMIT_BYTES = 1024

/** What a worker tells of itself: health, readiness and metrics, and nothing of a dealer. Opens no port. */
export async function buildHealthApp(
  logger: FastifyBaseLogger,
  health: HealthOptions,
  requestTimeoutSeconds: number
): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: logger,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: requestTimeoutSeconds * 1000,
    connectionTimeout: requestTimeoutSeconds * 1000,
    forceCloseConnections: true,
    exposeHeadRoutes: false
  })
  app.setValidatorCompiler(createValidatorCompiler(sharedSchemas))
  app.setSerializerCompiler(createSerializerCompiler(sharedSchemas))
  await app.register(problemDetails, {})
  await app.register(healthRoutes, health)
  return app
}
