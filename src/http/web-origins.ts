import type { FastifyReply, FastifyRequest } from 'fastify'

/** How long a browser may remember the response to a preflight. */
const MAX_AGE_SECONDS = 600

const METHODS = 'POST'
const HEADERS = 'content-type, idempotency-key'

/**
 * Lets the page of an origin read the response, where `findOrigins` returns that origin. Any other origin
 * gets no header that tells whether the record exists.
 */
export async function allowOrigin(
  request: FastifyRequest,
  reply: FastifyReply,
  findOrigins: () => Promise<readonly string[]>
): Promise<void> {
  void reply.header('vary', 'Origin')
  const { origin } = request.headers
  if (origin === undefined || !(await findOrigins()).includes(origin)) return
  void reply.headers({
    'access-control-allow-origin': origin,
    'cross-origin-resource-policy': 'cross-origin'
  })
  if (request.method !== 'OPTIONS') return
  void reply.headers({
    'access-control-allow-methods': METHODS,
    'access-control-allow-headers': HEADERS,
    'access-control-max-age': String(MAX_AGE_SECONDS)
  })
}
