import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'

import { ANYWHERE } from '../../decoding/plausibility.ts'
import type { Origin } from '../../decoding/plausibility.ts'
import { encodingOf, unsupportedEncoding, withoutEncoding } from '../bodies/content-encoding.ts'
import { SUSPICIOUS, parseJson } from '../bodies/json-body.ts'
import { refuseMediaType, wellFormedType } from '../bodies/media-types.ts'
import { readPostedBody } from '../bodies/posted-body.ts'
import type { PostedBody } from '../bodies/body-kinds.ts'
import { problems } from '../problems.ts'
import { sharedSchemas } from '../../schemas/all.ts'
import { findUnstorableText } from '../validation.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as text, before anything was made of it. That of a document is set when it was read. */
    rawText: string
    /** The media type of `rawText`. */
    rawType: string
    /** The body of a capture; null for other bodies. */
    posted: PostedBody | null
  }
  interface FastifyContextConfig {
    /** There is no body, or a command's body without a required member: an empty one is `{}`. */
    isBodyOptional?: boolean
  }
}

const JSON_MEDIA_TYPES = ['application/json', 'application/merge-patch+json']

/** JSON only, and nothing in it that can't be stored. Everything else is 415. */
export const bodyParsing = fp(
  (app: FastifyInstance, _options, done) => {
    app.decorateRequest('rawText', '')
    app.decorateRequest('rawType', 'application/json')
    app.decorateRequest('posted', null)
    app.removeAllContentTypeParsers()
    app.addHook('onRoute', (route) => {
      if (mayBeEmpty(route)) route.config = { ...route.config, isBodyOptional: true }
    })
    app.addHook('onRequest', async (request) => {
      const { headers, routeOptions } = request
      // The type of an empty body says nothing, and many clients send one.
      if (routeOptions.config.isBodyOptional === true && headers['content-length'] === '0') {
        delete headers['content-type']
      }
    })
    app.addContentTypeParser<string>(
      JSON_MEDIA_TYPES,
      { parseAs: 'string' },
      (request, body, next) => {
        const encoding = encodingOf(request.headers['content-encoding'])
        if (encoding !== null) {
          next(unsupportedEncoding(encoding, []))
          return
        }
        request.rawText = body
        if (body === '' && request.routeOptions.config.isBodyOptional === true) {
          next(null, {})
          return
        }
        const parsed = parseJson(body)
        if ('problem' in parsed) {
          next(parsed.problem)
          return
        }
        const faults = SUSPICIOUS.test(body) ? findUnstorableText(parsed.value) : []
        if (faults.length > 0) next(problems.validation(faults))
        else next(null, parsed.value)
      }
    )
    app.addHook('preValidation', (request, _reply, next) => {
      const { mediaTypes, isBodyOptional, offeredTypes = mediaTypes } = request.routeOptions.config
      if (isBodyOptional === true && request.body === undefined) request.body = {}
      const [mediaType = ''] = (request.headers['content-type'] ?? '').split(';', 1)
      if (mediaTypes === undefined || mediaTypes.includes(mediaType.trim().toLowerCase())) next()
      else if (request.body === undefined) next(problems.badRequest('The request needs a body.'))
      else next(problems.unsupportedMediaType(`Send ${(offeredTypes ?? []).join(', ')}.`))
    })
    done()
  },
  { name: 'body-parsing' }
)

/** A change without a body is more likely a lost body. */
function mayBeEmpty({ schema, method, config }: RouteOptions): boolean {
  const body = schema?.body as BodySchema | undefined
  if (body === undefined) return config?.mediaTypes === undefined
  if (method !== 'POST') return false
  const id = body.$ref?.replace(/#$/, '')
  const shape = id === undefined ? body : SHARED.find(({ $id }) => $id === id)
  return shape?.type === 'object' && (shape.required ?? []).length === 0
}

const SHARED: readonly BodySchema[] = sharedSchemas

interface BodySchema {
  $id?: string
  $ref?: string
  type?: string
  required?: string[]
}

/**
 * Lets the routes of a scope take leads in any form: no schema checks them before they are read. Bytes in an
 * unnamed encoding are read as those of the dealer, whom `findOrigin` finds.
 */
export function acceptLeads(
  scope: FastifyInstance,
  findOrigin: (request: FastifyRequest) => Promise<Origin | null>
): void {
  const limit = scope.initialConfig.bodyLimit ?? 1_048_576
  scope.removeContentTypeParser('application/json')
  scope.addHook('preParsing', (request, _reply, _payload, next) => {
    const { 'content-type': type, 'content-length': length } = request.headers
    if (type !== undefined && length !== '0') {
      refuseMediaType(type, length === undefined ? Infinity : Number(length))
      request.headers['content-type'] = wellFormedType(type)
    }
    next()
  })
  const read = async (request: FastifyRequest, body: Buffer) => {
    const bytes = await withoutEncoding(body, request.headers['content-encoding'], limit)
    const contentType = request.headers['content-type'] ?? ''
    const origin = (await findOrigin(request)) ?? ANYWHERE
    const { posted, text, mediaType } = readPostedBody(bytes, contentType, origin)
    request.rawText = text
    request.rawType = mediaType
    request.posted = posted
    // The schema of a document is a text, which is read later than its schema is checked.
    return posted.kind === 'json' && posted.otherwise === null ? posted.value : ''
  }
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, read)
}
