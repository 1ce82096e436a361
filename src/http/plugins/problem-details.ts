import type { ErrorObject } from 'ajv'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

import { HashingBusy } from '../../security/passwords.ts'
import { NotTheirsToChange } from '../../domain/access/not-theirs.ts'
import { describeDatabaseFailure } from './database-problems.ts'
import { Problem, presentProblem, problems } from '../problems.ts'
import type { FieldError, ProblemType } from '../problems.ts'
import { presentMatch } from '../../schemas/matching/match.ts'
import type { RequestPart } from '../request-parts.ts'
import { describeErrors } from '../validation.ts'
import { localeOf } from './authentication.ts'
import { KnownPaths } from './known-paths.ts'

/** Fastify's own refusals, by their code or status, in the words of the catalogue. */
const BY_STATUS: Partial<Record<number, ProblemType>> = {
  400: 'bad-request',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'bad-request',
  413: 'payload-too-large',
  414: 'bad-request',
  415: 'unsupported-media-type',
  429: 'rate-limited',
  431: 'bad-request',
  503: 'unavailable'
}

/** How a request is refused that no route takes. */
export type RefuseUnrouted = (
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply
) => FastifyReply

/** Sends every error as `application/problem+json`; those of requests without a route as `refuseUnrouted` does. */
export const problemDetails = fp(
  (
    app: FastifyInstance,
    { refuseUnrouted = sendProblem }: { refuseUnrouted?: RefuseUnrouted },
    done
  ) => {
    app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply))
    const paths = new KnownPaths(app)
    app.setNotFoundHandler((request, reply) => {
      const methods = paths.methodsOf(request.url)
      const problem =
        methods.length === 0
          ? problems.notFound('operation', 'The API has no operation at this address.')
          : problems.methodNotAllowed(methods)
      return refuseUnrouted(problem, request, reply)
    })
    done()
  },
  { name: 'problem-details' }
)

/** Also passed to Fastify as `frameworkErrors`: a malformed URL never reaches a handler. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply
): FastifyReply {
  const { config, bodyLimit } = request.routeOptions
  const problem = toProblem(error, config.offeredTypes ?? config.mediaTypes, bodyLimit)
  if (problem.status >= 500) request.log.error({ err: error }, 'request failed')
  const { retryAfter, headers } = problem.extras
  if (headers) void reply.headers(headers)
  if (retryAfter !== undefined) void reply.header('retry-after', String(Math.ceil(retryAfter)))
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send({ ...presentProblem(problem, request.id), ...matchesOf(problem, request) })
}

function matchesOf({ extras: { matches } }: Problem, request: FastifyRequest) {
  return matches && { matches: matches.map((match) => presentMatch(match, localeOf(request))) }
}

/** The problem that an error of any kind is to the caller; `mediaTypes` and limit are those of the operation. */
export function toProblem(
  error: unknown,
  mediaTypes: readonly string[] = ['application/json'],
  bodyLimit?: number
): Problem {
  if (error instanceof Problem) return error
  const fastifyError = error as Partial<FastifyError>
  const { validation, validationContext = 'body' } = fastifyError
  if (validation) return refuseRequest(validation as ErrorObject[], validationContext)
  if (error instanceof HashingBusy) {
    return problems.unavailable('Too many sign-ins at this moment; try again.')
  }
  if (error instanceof NotTheirsToChange) return problems.forbidden(error.message)
  const failure = describeDatabaseFailure(error)
  if (failure) return failure
  const type = BY_STATUS[fastifyError.statusCode ?? 500]
  if (type === 'unsupported-media-type') {
    return problems.unsupportedMediaType(`Send ${mediaTypes.join(', ')}.`)
  }
  if (type === 'payload-too-large' && bodyLimit !== undefined) {
    return problems.payloadTooLarge(`The body is larger than ${bodyLimit} bytes.`)
  }
  if (type !== undefined) return new Problem(type, refusal(type, fastifyError))
  return new Problem('internal-error', 'The error is logged under the id in `instance`.')
}

/** A path whose id or key can't be one names no record, as any unknown id does. */
function refuseRequest(errors: readonly ErrorObject[], part: RequestPart): Problem {
  const faults = describeErrors(errors, part)
  const isUnknown = part === 'params' && errors.every(({ keyword }) => keyword !== 'pattern')
  if (!isUnknown) return problems.validation(faults)
  return problems.notFound(`record with this ${faults.map(nameOf).join(' and ')}`)
}

/** The part of the path in words: `{leadType}` is the lead type. */
function nameOf({ pointer }: FieldError): string {
  const name = pointer.replace(/[{}]/g, '')
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** Fastify's message where it can't quote the sender; ours where it might, and for other libraries. */
function refusal(type: ProblemType, error: Partial<FastifyError>): string {
  if (type === 'bad-request' && error.code?.startsWith('FST_ERR_CTP') !== true) {
    return 'The request or its JSON is malformed.'
  }
  return error.code?.startsWith('FST_') === true && error.message !== undefined
    ? error.message
    : 'The request was refused.'
}
