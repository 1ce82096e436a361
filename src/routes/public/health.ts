import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'
import type { Registry } from 'prom-client'

import { readBearerToken, secretsEqual } from '../../security/credentials.ts'
import { problems } from '../../http/problems.ts'
import { HealthSchema } from '../../schemas/health.ts'
import { ref } from '../../schemas/shared.ts'
import { access, operation } from '../../http/operation.ts'

export interface HealthOptions {
  /** The reasons why this process can't serve. Empty: none. */
  findObstacles: () => Promise<string[]>
  /** Those of this process, or of all that serve together. */
  metrics: Pick<Registry, 'contentType' | 'metrics'>
  /** Asked for by /metrics, or null: nothing is. */
  metricsToken: string | null
}

/** Monitors ask with HEAD. The contract has GET alone, which says the same. */
function answeringHead<Route extends object>(route: Route) {
  return { ...route, exposeHeadRoute: true }
}

export const healthRoutes: FastifyPluginAsyncTypebox<HealthOptions> = async (app, options) => {
  app.get(
    '/healthz',
    answeringHead(
      operation({
        id: 'getHealth',
        tag: 'Health',
        summary: 'Check that the process runs',
        description: 'Does not check the database: a restart of the process does not repair it.',
        access: access.anyone,
        responses: { 200: ref(HealthSchema, 'The process runs.') }
      })
    ),
    async () => ({ status: 'ok' as const })
  )

  app.get(
    '/readyz',
    answeringHead(
      operation({
        id: 'getReadiness',
        tag: 'Health',
        summary: 'Check that the service can handle requests',
        description:
          'The service is ready when the database accepts writes, its schema is current, the ' +
          'worker runs (unless it is turned off) and the start has ended, including the ' +
          'creation of a demo dealer.',
        access: access.anyone,
        responses: { 200: ref(HealthSchema, 'The service can handle requests.') }
      })
    ),
    async () => {
      const obstacles = await options.findObstacles()
      if (obstacles.length > 0) throw problems.unavailable(`Not ready: ${obstacles.join(', ')}.`)
      return { status: 'ok' as const }
    }
  )

  app.get(
    '/metrics',
    operation({
      id: 'getMetrics',
      tag: 'Health',
      summary: 'Read metrics for Prometheus',
      description:
        'Where the service has a `METRICS_TOKEN`, the response without it as a bearer token is 401.',
      access: access.anyone,
      responses: {
        200: {
          description: 'The metrics in the Prometheus text format.',
          content: {
            'text/plain': { schema: Type.String({ examples: ['process_cpu_seconds_total 1.5'] }) }
          }
        } as never
      },
      problems: ['unauthenticated']
    }),
    async (request, reply) => {
      const token = readBearerToken(request.headers.authorization)
      if (options.metricsToken !== null && !secretsEqual(token ?? '', options.metricsToken)) {
        throw problems.unauthenticated('Send the metrics token as a bearer token.')
      }
      return await reply.type(options.metrics.contentType).send(await options.metrics.metrics())
    }
  )
}
