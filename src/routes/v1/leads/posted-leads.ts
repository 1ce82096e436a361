import type { Static } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'

import { documentFault } from '../../../domain/leads/quarantine.ts'
import { isMended } from '../../../http/bodies/body-of-text.ts'
import type { PostedBody } from '../../../http/bodies/body-kinds.ts'
import { readLeadBodies } from '../../../http/lead-body.ts'
import { Problem, problems } from '../../../http/problems.ts'
import { takesUnknownMembers } from '../../../repositories/access/leniency.ts'
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
  const read = await readLeadBodies(posted, {
    leadBody: reading.leadBody,
    dealer,
    takesUnknownMembers: (given) => isLenient(given.source ?? source, reading),
    findCustomFields: () =>
      reading.db.read(principal.dealerId, (tx) => listCustomFields(tx, 'lead')),
    findOwnPoints: () => ownPointsAt(reading.db, principal.dealerId)
  })
  if (read.length === 0) throw problems.badRequest('The request needs a body.')
  const kind = kindOf(posted, read)
  const pointers = posted.kind === 'several' ? posted.items.map(({ pointer }) => pointer) : []
  const isNamed = source !== undefined || read.every(({ body }) => body.source !== undefined)
  // Where unknown members are taken, the body may be a form that was sent as JSON.
  const isForm = kind !== 'json' || (!isNamed && (await isLenient(undefined, reading)))
  const otherwise = source ?? (isForm ? FORM_SOURCE : undefined)
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

/** Whether unknown members are taken by the key or the source, which is that of forms where none is named. */
async function isLenient(source: unknown, { principal, db }: BodyReading): Promise<boolean> {
  const isKey = principal.kind === 'key'
  const bound = isKey ? principal.sourceId : null
  const key = source === undefined ? FORM_SOURCE : typeof source === 'string' ? source.trim() : ''
  return await db.read(principal.dealerId, (tx) =>
    takesUnknownMembers(tx, {
      keyId: isKey ? principal.id : null,
      source: bound === null ? { key } : { id: bound }
    })
  )
}
