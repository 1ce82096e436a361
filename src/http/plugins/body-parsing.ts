import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

import type { DocumentFormat } from '../../inbound/format.ts'
import { MAX_JSON_DEPTH, isNestedTooDeep } from '../../domain/text/json-depth.ts'
import { problems } from '../problems.ts'
import { findUnstorableText } from '../validation.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as text, before anything was made of it. That of a document is set when it was read. */
    rawText: string
  }
}

const JSON_MEDIA_TYPES = ['application/json', 'application/merge-patch+json']

/** Escapes that may stand for what PostgreSQL can't store: NUL, and halves of surrogate pairs. */
const SUSPICIOUS = /\\u(0000|[dD][89a-fA-F])/

const TOO_DEEP = `is nested deeper than ${MAX_JSON_DEPTH} levels`

/** JSON only, and nothing in it that can't be stored. Everything else is 415. */
export const bodyParsing = fp(
  (app: FastifyInstance, _options, done) => {
    app.decorateRequest('rawText', '')
    app.removeAllContentTypeParsers()
    const parse = app.getDefaultJsonParser('error', 'error')
    app.addContentTypeParser<string>(
      JSON_MEDIA_TYPES,
      { parseAs: 'string' },
      (request, body, next) => {
        request.rawText = body
        if (isNestedTooDeep(body)) {
          next(problems.validation([{ pointer: '', message: TOO_DEEP }]))
          return
        }
        void parse(request, body, (error, value) => {
          if (error) {
            next(problems.badRequest('The body is not valid JSON.'))
            return
          }
          const faults = SUSPICIOUS.test(body) ? findUnstorableText(value) : []
          if (faults.length > 0) next(problems.validation(faults))
          else next(null, value)
        })
      }
    )
    app.addHook('preValidation', (request, _reply, next) => {
      const { mediaTypes } = request.routeOptions.config
      const [mediaType = ''] = (request.headers['content-type'] ?? '').split(';', 1)
      if (mediaTypes === undefined || mediaTypes.includes(mediaType.trim().toLowerCase())) next()
      else if (request.body === undefined) next(problems.badRequest('The request needs a body.'))
      else next(problems.unsupportedMediaType(`Send ${mediaTypes.join(', ')}.`))
    })
    done()
  },
  { name: 'body-parsing' }
)

/** Lets the routes of a scope take documents, as their bytes: no schema checks what is in them. */
export function acceptDocuments(scope: FastifyInstance, formats: readonly DocumentFormat[]): void {
  const mediaTypes = formats.flatMap((format) => format.mediaTypes)
  scope.addContentTypeParser<Buffer>(mediaTypes, { parseAs: 'buffer' }, (_request, body, next) => {
    next(null, body)
  })
}
