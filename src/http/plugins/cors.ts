import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

import type { Database } from '../../database/client.ts'
import { DealerProfiles } from '../dealer-profiles.ts'
import { RecentResults } from './recent-results.ts'

/** How long a browser may remember the response to a preflight. */
const MAX_AGE_SECONDS = 600

const METHODS = 'GET, POST, PUT, PATCH, DELETE'
const HEADERS =
  'accept, authorization, content-type, idempotency-key, if-match, x-api-key, x-request-id'
const EXPOSED =
  'content-disposition, etag, idempotent-replayed, link, location, ratelimit, ratelimit-policy, retry-after, x-request-id'

/** How long an origin is remembered: a changed setting shows after this. */
const REMEMBERED_MS = 1_000
const REMEMBERED_MOST = 1_000

/**
 * Scripts of the origins that a dealer allows may use its API (CORS). Off where no dealer allows any.
 *
 * A preflight comes without a credential, so it is answered for the origins of all dealers alike, and
 * tells nothing of any. The request itself is readable for its own dealer's origins only; one without a
 * valid credential belongs to no dealer, and its refusal is readable as the preflight was, so that a
 * script learns that its token has expired. No cookies are involved.
 */
export const cors = fp(
  async (app: FastifyInstance, { db }: { db: Database }) => {
    const profiles = new DealerProfiles(db)
    const known = new RecentResults<boolean>(REMEMBERED_MS, REMEMBERED_MOST)
    const isKnown = async (origin: string) =>
      await known.get(origin, async () => await db.isApiOrigin(origin))

    app.addHook('onRequest', async (request, reply) => {
      const origin = originOf(request)
      if (origin === null || request.method !== 'OPTIONS' || !request.is404) return
      if (request.headers['access-control-request-method'] === undefined) return
      if (!(await isKnown(origin))) return
      void reply.headers({
        'access-control-allow-methods': METHODS,
        'access-control-allow-headers': HEADERS,
        'access-control-max-age': String(MAX_AGE_SECONDS)
      })
      return await reply.code(204).send()
    })

    app.addHook('onSend', async (request, reply) => {
      const origin = originOf(request)
      if (origin === null || reply.hasHeader('access-control-allow-origin')) return
      const { principal } = request
      if (principal?.kind === 'operator') return
      const isAllowed = principal
        ? (await profiles.get(principal.dealerId)).settings.apiOrigins.includes(origin)
        : await isKnown(origin)
      void reply.header('vary', 'Origin')
      if (!isAllowed) return
      void reply.headers({
        'access-control-allow-origin': origin,
        'access-control-expose-headers': EXPOSED,
        'cross-origin-resource-policy': 'cross-origin'
      })
    })
  },
  { name: 'cors', dependencies: ['authentication'] }
)

/** The origin of a script that asks for /v1. Referral links have origins of their own: see `allowOrigin`. */
function originOf({ headers, url }: FastifyRequest): string | null {
  const { origin } = headers
  if (origin === undefined || origin.length > 300) return null
  return url.startsWith('/v1/') && !url.startsWith('/v1/referrals/') ? origin : null
}
