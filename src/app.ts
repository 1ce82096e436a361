import { randomUUID } from 'node:crypto'

import Fastify from 'fastify'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'

import type { Database } from './database/client.ts'
import type { Passwords } from './security/passwords.ts'
import { authentication } from './http/plugins/authentication.ts'
import { bodyDeadline } from './http/plugins/body-deadline.ts'
import { blankMembers } from './http/plugins/blank-members.ts'
import { bodyParsing } from './http/plugins/body-parsing.ts'
import { cors } from './http/plugins/cors.ts'
import { limits } from './http/plugins/limits.ts'
import type { LimitOptions } from './http/plugins/limits.ts'
import { dealerDays } from './http/plugins/dealer-days.ts'
import { namedRecords } from './http/plugins/named-records.ts'
import { openapi } from './http/plugins/openapi.ts'
import { problemDetails } from './http/plugins/problem-details.ts'
import { refuseUnrouted } from './routes/public/error-page.ts'
import { formPageRoutes } from './routes/public/form-pages.ts'
import { healthRoutes } from './routes/public/health.ts'
import type { HealthOptions } from './routes/public/health.ts'
import { publicRoutes } from './routes/public/public.ts'
import { workPageRoutes } from './routes/public/work-page.ts'
import { clientPageRoutes } from './routes/public/client-pages.ts'
import { leadPageRoutes } from './routes/public/lead-pages.ts'
import { promoterDetailRoutes } from './routes/public/promoter-details.ts'
import { unsubscribeRoutes } from './routes/public/unsubscribe.ts'
import { v1Routes } from './routes/v1.ts'
import { sharedSchemas } from './schemas/all.ts'
import { refuseRaw } from './http/raw-refusals.ts'
import { createSerializerCompiler } from './http/serialization.ts'
import { createValidatorCompiler } from './http/validation.ts'

/** Everything the API needs from outside: tests give their own of each. */
interface AppOptions {
  db: Database
  now: () => Date
  passwords: Passwords
  /** Null: no logs. */
  logger: FastifyBaseLogger | null
  secret: string
  operatorToken: string | null
  accessTokenSeconds: number
  rememberedMs: number
  refreshTokenSeconds: number
  mailDomain: string
  mailFrom: string
  publicUrl: () => string
  linkSecret: string
  limits: LimitOptions
  health: HealthOptions
  requestTimeoutSeconds: number
  bodyLimitBytes: number
  importMaxBytes: number
  trustProxy: string[]
}

/** How long the largest of files may take to come in; other bodies have `requestTimeoutSeconds`. */
const UPLOAD_TIMEOUT_MS = 6 * 3_600_000

/** Of all apps of the process: to compile costs more than all else that an app does to start. */
const validatorCompiler = createValidatorCompiler(sharedSchemas)
const serializerCompiler = createSerializerCompiler(sharedSchemas)

/** The API: what there is, in the order a request meets it. Opens no port and no connection. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    ...(options.logger ? { loggerInstance: options.logger } : {}),
    genReqId: readRequestId,
    requestIdHeader: false,
    frameworkErrors: (error, request, reply) => {
      void refuseUnrouted(error, request, reply)
    },
    clientErrorHandler: refuseRaw,
    bodyLimit: options.bodyLimitBytes,
    // A client that trickles its request byte by byte is cut off; bodies other than files: bodyDeadline.
    requestTimeout: UPLOAD_TIMEOUT_MS,
    connectionTimeout: options.requestTimeoutSeconds * 1000,
    http: {
      headersTimeout: options.requestTimeoutSeconds * 1000,
      connectionsCheckingInterval: 1000
    },
    trustProxy: options.trustProxy.length > 0 ? options.trustProxy : false,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    // Beyond the longest parameter of any route: then its own handler of errors refuses it.
    routerOptions: { maxParamLength: 1000 },
    exposeHeadRoutes: false
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })

  closeAfterResponse(app)

  await app.register(problemDetails, { refuseUnrouted })
  await app.register(bodyDeadline, { seconds: options.requestTimeoutSeconds })
  await app.register(bodyParsing)
  await app.register(blankMembers)
  // Before authentication: its refusals have the security headers too.
  await app.register(limits, { ...options.limits, db: options.db })
  await app.register(authentication, options)
  await app.register(cors, options)
  await app.register(namedRecords, options)
  await app.register(dealerDays)
  await app.register(openapi)

  await app.register(healthRoutes, options.health)
  await app.register(publicRoutes, options)
  await app.register(formPageRoutes, options)
  await app.register(leadPageRoutes, options)
  await app.register(clientPageRoutes, options)
  await app.register(workPageRoutes, options)
  await app.register(promoterDetailRoutes, options)
  await app.register(unsubscribeRoutes, options)
  // Not as the plugin's options: those hold the prefix, and would pass it on to the routes' plugins.
  await app.register((scope) => v1Routes(scope, options), { prefix: '/v1' })
  return app
}

/**
 * Responses that are finished while stopping end their connection: kept alive, it would hold up the
 * stop until the client lets go of it.
 */
function closeAfterResponse(app: FastifyInstance): void {
  let isClosing = false
  app.addHook('preClose', (done) => {
    isClosing = true
    done()
  })
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) void reply.header('connection', 'close')
  })
}

/** The caller's request id where it is harmless in a log, else a new one. */
function readRequestId(request: {
  headers: Record<string, string | string[] | undefined>
}): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID()
}
