import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyRateLimitStoreCtor } from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

import type { Database } from '../../database/client.ts'
import { Problem, problems } from '../problems.ts'
import { SharedLimits } from '../shared-limits.ts'

export interface LimitOptions {
  /** Requests of one credential in a window. */
  max: number
  /** Requests of one address in a window: to public routes and, counted apart, without valid credentials. */
  publicMax: number
  windowSeconds: number
  /** Work that arrives while the event loop lags by more than this would only wait; 0: it may. */
  maxEventLoopDelayMs: number
}

/** How often the event loop's lag is looked at. */
const PRESSURE_SAMPLE_MS = 500

/** Security headers, rate limits by credential, and refusal of work that would only wait. */
export const limits = fp(
  async (
    app: FastifyInstance,
    { db, max, publicMax, windowSeconds, maxEventLoopDelayMs }: LimitOptions & { db: Database }
  ) => {
    await app.register(helmet, {
      // Swagger UI sets its own, narrower than helmet's.
      contentSecurityPolicy: false,
      crossOriginResourcePolicy: { policy: 'same-origin' }
    })
    app.addHook('onSend', async (request, reply) => {
      // Responses hold personal data, so no cache may keep them. A route may set another value.
      if (request.url.startsWith('/v1') && !reply.hasHeader('cache-control')) {
        void reply.header('cache-control', 'no-store')
      }
    })
    const shared = new SharedLimits(db)
    await app.register(rateLimit, {
      // The plugin makes one for itself.
      store: function store() {
        return shared
      } as unknown as FastifyRateLimitStoreCtor,
      max: (request) => (isPublic(request) ? publicMax : max),
      timeWindow: windowSeconds * 1000,
      keyGenerator: callerOf,
      enableDraftSpec: true,
      allowList: (request) => !isMeasured(request),
      errorResponseBuilder: (_request, { after, ttl }) =>
        new Problem('rate-limited', `Try again in ${after}.`, { retryAfter: ttl / 1000 })
    })
    app.addHook('onSend', async (_request, reply) => {
      const limit = reply.getHeader('ratelimit-limit')
      if (limit === undefined) return
      const remaining = String(reply.getHeader('ratelimit-remaining'))
      const reset = String(reply.getHeader('ratelimit-reset'))
      // The plugin writes an older draft's three headers; the current one has two structured ones.
      for (const name of ['limit', 'remaining', 'reset']) reply.removeHeader(`ratelimit-${name}`)
      void reply.header('ratelimit-policy', `"default";q=${String(limit)};w=${windowSeconds}`)
      void reply.header('ratelimit', `"default";r=${remaining};t=${reset}`)
    })
    // Starting keeps the loop busy, which says nothing of what is to come.
    let hasSettled = false
    app.addHook('onListen', (done) => {
      setTimeout(() => (hasSettled = true), 2 * PRESSURE_SAMPLE_MS).unref()
      done()
    })
    await app.register(underPressure, {
      // Not by utilisation: a process that is busy all the time and keeps up is no reason to refuse.
      maxEventLoopDelay: maxEventLoopDelayMs,
      sampleInterval: PRESSURE_SAMPLE_MS,
      pressureHandler: (request) => {
        if (!hasSettled || !isMeasured(request)) return
        throw problems.unavailable('Too busy for the moment; try again.')
      }
    })
  },
  { name: 'limits' }
)

/** Health checks and the documentation are neither counted nor refused. */
function isMeasured(request: FastifyRequest): boolean {
  return ['/v1', '/r/', '/u/'].some((start) => request.url.startsWith(start))
}

function isPublic(request: FastifyRequest): boolean {
  return request.principal === null
}

/**
 * The key by which requests are counted together. A refused request of an address doesn't count for
 * its public routes: there a caller renews the token that has expired.
 */
function callerOf({ principal, refusal, ip }: FastifyRequest): string {
  if (principal === null) return `${refusal === null ? 'public' : 'refused'} ${ip}`
  return principal.kind === 'operator' ? 'operator' : principal.id
}
