import type { FastifyContextConfig } from 'fastify'

/** Every header that answers have, described once. */
export const HEADERS = {
  'X-Request-Id': header('The id of this request: as sent, or made here.', 'form-20261121-0042'),
  ETag: header('The version, for `If-Match`.', '"3"'),
  Location: header('Where the new thing is.', '/v1/leads/01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e'),
  Link: header('RFC 8288: the next page, if there is one.', '</v1/leads?cursor=LWNy>; rel="next"'),
  'Idempotent-Replayed': header('`true` when this answers a repeat.', 'true'),
  'Retry-After': header('Seconds to wait before trying again.', 21),
  'WWW-Authenticate': header('How to authenticate.', 'Bearer'),
  RateLimit: header('Requests left, and seconds until all are there again.', '"default";r=59;t=21'),
  'RateLimit-Policy': header('Requests in a window of so many seconds.', '"default";q=60;w=60')
} as const

interface Shape {
  /** Counted against a rate limit. */
  isLimited: boolean
}

/** Which of them one response of an operation has, by its shape and the status. */
export function headersOf(
  shape: Shape & Partial<NonNullable<FastifyContextConfig['documented']>>,
  status: string
): Record<string, { $ref: string }> {
  const isSuccess = status.startsWith('2')
  const names: (keyof typeof HEADERS)[] = ['X-Request-Id']
  if (isSuccess && shape.versioned === true) names.push('ETag')
  if (status === '201') names.push('Location')
  if (isSuccess && shape.paged === true) names.push('Link')
  if (isSuccess && shape.idempotent === true) names.push('Idempotent-Replayed')
  if (status === '401') names.push('WWW-Authenticate')
  if (status === '429' || status === '503') names.push('Retry-After')
  if (shape.isLimited && (isSuccess || status === '429'))
    names.push('RateLimit-Policy', 'RateLimit')
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}

function header(description: string, example: string | number) {
  const type = typeof example === 'number' ? 'integer' : 'string'
  return { description, schema: { type }, example }
}
