import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'

import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { isFoundInText } from '../../../domain/contacts/reached-by-text.ts'
import { documentFault } from '../../../domain/leads/quarantine.ts'
import type { ReadingDealer } from '../../../domain/leads/reading-dealer.ts'
import { isMended } from '../../../http/bodies/posted-body.ts'
import type { PostedBody, PostedDocument } from '../../../http/bodies/posted-body.ts'
import { readLeadBodies } from '../../../http/lead-body.ts'
import type { LenientBody } from '../../../http/lenient-body.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { Problem, problems } from '../../../http/problems.ts'
import type { DocumentReader } from '../../../inbound/document-reader.ts'
import type { FormatFault } from '../../../inbound/format.ts'
import { takesUnknownMembers } from '../../../repositories/access/leniency.ts'
import { listCustomFields } from '../../../repositories/fields/custom-fields.ts'
import type { CreateLeadSchema } from '../../../schemas/leads/lead-input.ts'
import { closed, requiredText } from '../../../schemas/shared.ts'
import { FORM_SOURCE } from './capture-read.ts'
import { chooseSource, directAll } from './lead-directions.ts'
import { ownPointsAt } from './own-points.ts'

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

/** The leads of the body, with the source they are captured for. */
export async function readPosted(request: CaptureRequest, reading: BodyReading) {
  const { posted } = request
  if (!posted) throw refuseUnread(request)
  if (posted.kind === 'document') return await readPostedDocument(request, posted, reading)
  const otherwise = posted.kind === 'json' ? posted.otherwise : null
  if (otherwise?.kind !== 'document') return await readPostedLead(request, posted, reading)
  try {
    return await readPostedLead(request, posted, reading)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return await readPostedDocument(request, otherwise, reading)
  }
}

async function readPostedDocument(
  request: CaptureRequest,
  posted: PostedDocument,
  { documents, dealer, principal, db }: BodyReading
) {
  const read = (by: ReadingDealer) => documents.read(posted.format, posted, by)
  const first = await read(dealer)
  // Only what was found in a text costs the question whose it is.
  const isFound = !('fault' in first.parsed) && first.parsed.contents.some(isFoundInText)
  const { text, parsed } = isFound
    ? await read({ ...dealer, ownPoints: await ownPointsAt(db, principal.dealerId) })
    : first
  request.rawText = text
  request.rawType = posted.mediaType
  if ('fault' in parsed) throw refuseBody(parsed)
  const source = chooseSource(principal, request.query.source ?? DOCUMENT_SOURCE)
  const leads = parsed.contents.map((content) => ({ content, ...NO_DIRECTIONS, source }))
  return { kind: posted.kind, leads, isList: true }
}

/** The source of documents that name none. */
const DOCUMENT_SOURCE = 'portal'

async function readPostedLead(request: CaptureRequest, posted: PostedLead, reading: BodyReading) {
  const { principal, dealer } = reading
  const { source } = request.query
  const read = await readLeadBodies(posted, {
    leadBody: reading.leadBody,
    dealer,
    takesUnknownMembers: (given) => isLenient(given.source, reading),
    findCustomFields: () =>
      reading.db.read(principal.dealerId, (tx) => listCustomFields(tx, 'lead')),
    findOwnPoints: () => ownPointsAt(reading.db, principal.dealerId)
  })
  if (read.length === 0) throw problems.badRequest('The request needs a body.')
  const kind = kindOf(posted, read)
  const pointers = posted.kind === 'several' ? posted.items.map(({ pointer }) => pointer) : []
  const otherwise = source ?? (kind === 'json' ? undefined : FORM_SOURCE)
  const leads = await directAll(reading, read, { pointers, source: otherwise })
  return { kind, leads, isList: posted.kind === 'several' }
}

type PostedLead = Exclude<PostedBody, { kind: 'document' }>
type ReadLeads = Awaited<ReturnType<typeof readLeadBodies<Static<typeof CreateLeadSchema>>>>

/** How the body was read: the sender of JSON can correct it, unless a program wrote it that can't write JSON. */
function kindOf(posted: PostedLead, read: ReadLeads): 'json' | 'form' | 'unreadable' {
  if (read.every(({ content }) => documentFault(content) !== null)) return 'unreadable'
  if (posted.kind === 'form' || posted.kind === 'unreadable') return posted.kind
  return isMended(posted.repairs) ? 'form' : 'json'
}

const NO_DIRECTIONS = { referralCode: null, assigneeId: null, pointer: '' }

function refuseUnread({ body }: FastifyRequest): Problem {
  return body === undefined
    ? problems.badRequest('The request needs a body.')
    : problems.unsupportedMediaType('Leads are not accepted in this media type.')
}

export interface BodyReading extends CaptureOptions {
  principal: TenantPrincipal
  dealer: ReadingDealer
}

export interface CaptureOptions extends RouteOptions {
  leadBody: LenientBody<Static<typeof CreateLeadSchema>>
  documents: DocumentReader
}

async function isLenient(source: unknown, { principal, db }: BodyReading): Promise<boolean> {
  const isKey = principal.kind === 'key'
  const bound = isKey ? principal.sourceId : null
  const key = typeof source === 'string' ? source.trim() : ''
  return await db.read(principal.dealerId, (tx) =>
    takesUnknownMembers(tx, {
      keyId: isKey ? principal.id : null,
      source: bound === null ? { key } : { id: bound }
    })
  )
}

function refuseBody(fault: FormatFault): Problem {
  switch (fault.fault) {
    case 'unreachable':
      return problems.unreachableContact()
    case 'unreadable':
      return problems.invalidDocument(fault.detail)
  }
}
