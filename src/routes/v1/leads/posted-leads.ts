import type { Static } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'

import { documentFault } from '../../../domain/leads/quarantine.ts'
import { isMended } from '../../../http/bodies/body-of-text.ts'
import type { PostedBody } from '../../../http/bodies/body-kinds.ts'
import { readLeadBodies } from '../../../http/lead-body.ts'
import { Problem, problems } from '../../../http/problems.ts'
import { takesUnknownMembers } from '../../../repositories/access/leniency.ts'
import { findWalkInSource } from '../../../repositories/dealers/sources.ts'
import { listCustomFields } from '../../../repositories/fields/custom-fields.ts'
import type { CreateLeadSchema } from '../../../schemas/leads/lead-input.ts'
import { FORM_SOURCE } from './capture-read.ts'
import type { BodyReading, CaptureRequest } from './capture-request.ts'
import { directAll } from './lead-directions.ts'
import { ownPointsAt } from './own-points.ts'
import { readEmbedded, readPostedDocument } from './posted-documents.ts'

/** The leads of the body, with the source they are captured for. */
export async function readPosted(request: CaptureRequest, reading: BodyReading) {
  const { posted } = request
  if (!posted) throw refuseUnread(request)
  if (posted.kind === 'document') return await readPostedDocument(request, posted, reading)
  const embedded = await readEmbedded(request, posted, reading)
  if (embedded) return embedded
  const otherwise = posted.kind === 'json' ? posted.otherwise : null
  if (otherwise?.kind !== 'document') return await readPostedLead(request, posted, reading)
  try {
    return await readPostedLead(request, posted, reading)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return await readPostedDocument(request, otherwise, reading)
  }
}

async function readPostedLead(request: CaptureRequest, posted: PostedLead, reading: BodyReading) {
  const { principal, dealer } = reading
  const { source } = request.query
  const usual = source === undefined ? await findUsualSource(reading) : FORM_SOURCE
  const read = await readLeadBodies(posted, {
    leadBody: reading.leadBody,
    dealer,
    takesUnknownMembers: (given) => isLenient(given.source ?? source ?? usual, reading),
    findCustomFields: () =>
      reading.db.read(principal.dealerId, (tx) => listCustomFields(tx, 'lead')),
    findOwnPoints: () => ownPointsAt(reading.db, principal.dealerId)
  })
  if (read.length === 0) throw problems.badRequest('The request needs a body.')
  const kind = kindOf(posted, read)
  const pointers = posted.kind === 'several' ? posted.items.map(({ pointer }) => pointer) : []
  const isNamed = source !== undefined || read.every(({ body }) => body.source !== undefined)
  // Where unknown members are taken, the body may be a form that was sent as JSON.
  const isForm = kind !== 'json' || (!isNamed && (await isLenient(usual, reading)))
  const isEntered = usual !== FORM_SOURCE
  const otherwise = source ?? (isForm || isEntered ? usual : undefined)
  const leads = await directAll(reading, read, { pointers, source: otherwise })
  return { kind, leads, isList: posted.kind === 'several' }
}

type PostedLead = Exclude<PostedBody, { kind: 'document' }>
type ReadLeads = Awaited<ReturnType<typeof readLeadBodies<Static<typeof CreateLeadSchema>>>>

/** How the body was read: the sender of JSON can correct it, unless a program wrote it that can't write JSON. */
function kindOf(posted: PostedLead, read: ReadLeads): 'json' | 'form' | 'unreadable' {
  if (read.every(({ content }) => documentFault(content) !== null)) return 'unreadable'
  if (posted.kind === 'form' || posted.kind === 'unreadable') return posted.kind
  if (posted.kind === 'several' && posted.areForms === true) return 'form'
  return isMended(posted.repairs) ? 'form' : 'json'
}

function refuseUnread({ body }: FastifyRequest): Problem {
  return body === undefined
    ? problems.badRequest('The request needs a body.')
    : problems.unsupportedMediaType('Leads are not accepted in this media type.')
}

/**
 * The source of leads that name none: a user enters walk-ins, if the dealer has a source of those; that of
 * others is the one of forms.
 */
async function findUsualSource({ principal, db }: BodyReading): Promise<string> {
  if (principal.kind !== 'user') return FORM_SOURCE
  const entered = await db.read(principal.dealerId, findWalkInSource)
  return entered?.key ?? FORM_SOURCE
}

/** Whether unknown members are taken by the key or the source. */
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
