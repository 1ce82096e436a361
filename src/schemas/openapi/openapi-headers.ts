import type { FastifyContextConfig } from 'fastify'

import { EXAMPLE_IDS } from '../example-ids.ts'

/** The headers of responses, with their descriptions. */
export const HEADERS = {
  'X-Request-Id': header(
    'The id of the request. Generated if the request had none.',
    'form-20261121-0042'
  ),
  ETag: header('The version of the record, for `If-Match`.', '"3"'),
  Location: header('The path of the new record.', `/v1/leads/${EXAMPLE_IDS.lead}`),
  Link: header('The next page, if there is one (RFC 8288).', '</v1/leads?cursor=LWNy>; rel="next"'),
  'Idempotent-Replayed': header('`true` in the response to a repeated request.', 'true'),
  'Retry-After': header('Seconds to wait before the next attempt.', 21),
  'WWW-Authenticate': header('The authentication scheme.', 'Bearer'),
  RateLimit: header(
    'The remaining requests, and the seconds until the limit is restored.',
    '"default";r=59;t=21'
  ),
  'RateLimit-Policy': header(
    'The limit of requests, and the seconds of its window.',
    '"default";q=60;w=60'
  )
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
