import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'

import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import type { ReadingDealer } from '../../../domain/leads/reading-dealer.ts'
import type { LenientBody } from '../../../http/lenient-body.ts'
import type { RouteOptions } from '../../../http/options.ts'
import type { DocumentReader } from '../../../inbound/document-reader.ts'
import type { CreateLeadSchema } from '../../../schemas/leads/lead-input.ts'
import { closed, requiredText } from '../../../schemas/shared.ts'

export const CaptureQuery = Type.Object(
  {
    source: Type.Optional(
      requiredText(
        60,
        'The key, name or id of the source, for a document. Default: the source of the API key, ' +
          'otherwise `portal`.'
      )
    )
  },
  closed
)

export type CaptureRequest = FastifyRequest<{ Querystring: Static<typeof CaptureQuery> }>

export interface BodyReading extends CaptureOptions {
  principal: TenantPrincipal
  dealer: ReadingDealer
}

export interface CaptureOptions extends RouteOptions {
  leadBody: LenientBody<Static<typeof CreateLeadSchema>>
  documents: DocumentReader
}
