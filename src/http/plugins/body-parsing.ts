import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

import { problems } from '../problems.ts'
import { findUnstorableText } from '../validation.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as text, before anything was made of it. */
    rawText: string
  }
}

const JSON_MEDIA_TYPES = ['application/json', 'application/merge-patch+json']

/** Escapes that may stand for what PostgreSQL can't store: NUL, and halves of surrogate pairs. */
const SUSPICIOUS = /\\u(0000|[dD][89a-fA-F])/

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
        void parse(request, body, (error, value) => {
          if (error) {
            next(problems.badRequest('The body is no readable JSON.'))
            return
          }
          const faults = SUSPICIOUS.test(body) ? findUnstorableText(value) : []
          if (faults.length > 0) next(problems.validation(faults))
          else next(null, value)
        })
      }
    )
    done()
  },
  { name: 'body-parsing' }
)
