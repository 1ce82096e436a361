import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'

import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { isFoundInText } from '../../../domain/contacts/reached-by-text.ts'
import type { UnmappedValue } from '../../../domain/leads/lead.ts'
import { documentFault } from '../../../domain/leads/quarantine.ts'
import type { ReadingDealer } from '../../../domain/leads/reading-dealer.ts'
import { isMended } from '../../../http/bodies/posted-body.ts'
import type { PostedBody, PostedDocument, SeveralLeads } from '../../../http/bodies/posted-body.ts'
import { readLeadBodies } from '../../../http/lead-body.ts'
import type { LenientBody } from '../../../http/lenient-body.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { isId } from '../../../ids.ts'
import { findNamedUser } from '../../../repositories/named-records.ts'
import { Problem, problems } from '../../../http/problems.ts'
import type { DocumentReader } from '../../../inbound/document-reader.ts'
import type { FormatFault } from '../../../inbound/format.ts'
import { takesUnknownMembers } from '../../../repositories/access/leniency.ts'
import { listCustomFields } from '../../../repositories/fields/custom-fields.ts'
import type { CreateLeadSchema } from '../../../schemas/leads/lead-input.ts'
import { closed, requiredText } from '../../../schemas/shared.ts'
import { FORM_SOURCE } from './capture-read.ts'
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
  const source = chooseSource(principal, request.query.source ?? 'portal')
  return { kind: posted.kind, contents: parsed.contents, ...NO_DIRECTIONS, source, isList: true }
}

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
  const [first] = read
  if (!first) throw problems.badRequest('The request needs a body.')
  const { body } = first
  if (posted.kind === 'several') refuseOtherDirections(posted, read)
  const kind = kindOf(posted, read)
  const assignee = await nameAssignee(reading, body.assignee ?? null)
  const key = body.source ?? source ?? (kind === 'json' ? undefined : FORM_SOURCE)
  return {
    kind,
    contents: read.map(({ content }) => ({
      ...content,
      unmapped: [...content.unmapped, ...assignee.unmapped]
    })),
    source: chooseSource(principal, key?.trim()),
    referralCode: body.referralCode?.trim() ?? null,
    assigneeId: assignee.id,
    isList: posted.kind === 'several'
  }
}

type PostedLead = Exclude<PostedBody, { kind: 'document' }>
type ReadLeads = Awaited<ReturnType<typeof readLeadBodies<Static<typeof CreateLeadSchema>>>>

/** How the body was read: the sender of JSON can correct it, unless a program wrote it that can't write JSON. */
function kindOf(posted: PostedLead, read: ReadLeads): 'json' | 'form' | 'unreadable' {
  if (read.every(({ content }) => documentFault(content) !== null)) return 'unreadable'
  if (posted.kind === 'form' || posted.kind === 'unreadable') return posted.kind
  return isMended(posted.repairs) ? 'form' : 'json'
}

/** Leads of one body have one source, assignee and referral: each is stored as the body says, or none. */
function refuseOtherDirections({ items }: SeveralLeads, read: ReadLeads): void {
  const [first] = read
  const faults = items.flatMap(({ pointer }, index) =>
    DIRECTIONS.flatMap((name) =>
      read[index] && read[index].body[name] !== first?.body[name]
        ? [{ pointer: `${pointer}/${name}`, message: 'is not the same in all leads of the body' }]
        : []
    )
  )
  if (faults.length > 0) throw problems.validation(faults)
}

const DIRECTIONS = ['source', 'referralCode', 'assignee'] as const

/** The user that a body names. A text that names none, or several, costs no lead: it is kept. */
async function nameAssignee(
  { db, principal }: BodyReading,
  text: string | null
): Promise<{ id: string | null; unmapped: UnmappedValue[] }> {
  if (text === null || isId(text)) return { id: text, unmapped: [] }
  const id = await db.read(principal.dealerId, (tx) => findNamedUser(tx, principal, text))
  const unknown = { path: '/assignee', text, code: 'unknown_reference' } as const
  return { id, unmapped: id === null ? [unknown] : [] }
}

const NO_DIRECTIONS = { referralCode: null, assigneeId: null }

function refuseUnread({ body }: FastifyRequest): Problem {
  return body === undefined
    ? problems.badRequest('The request needs a body.')
    : problems.unsupportedMediaType('Leads are not accepted in this media type.')
}

interface BodyReading extends CaptureOptions {
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

/** A key that is bound to a source captures for that source only. The body does not change that. */
function chooseSource(
  principal: TenantPrincipal,
  key: string | undefined
): { key: string } | { id: string } {
  if (principal.kind === 'key' && principal.sourceId !== null) return { id: principal.sourceId }
  if (key === undefined) {
    throw problems.validation([{ pointer: '/source', message: 'is required' }])
  }
  return { key }
}
