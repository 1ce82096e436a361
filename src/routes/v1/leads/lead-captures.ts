import { Type } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { isFoundInText } from '../../../domain/contacts/reached-by-text.ts'
import { actorOf } from '../../../domain/events/event.ts'
import type { UnmappedValue } from '../../../domain/leads/lead.ts'
import { documentFault } from '../../../domain/leads/quarantine.ts'
import type { ReadingDealer } from '../../../domain/leads/reading-dealer.ts'
import { idempotencyKeyOf } from '../../../http/conventions.ts'
import type { PostedBody, PostedDocument } from '../../../http/bodies/posted-body.ts'
import { readLeadBody } from '../../../http/lead-body.ts'
import { LenientBody } from '../../../http/lenient-body.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { dealerOf, localeOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { unknownWord } from '../../../http/query-words.ts'
import { isId } from '../../../ids.ts'
import { findNamedUser, listNamedWords } from '../../../repositories/named-records.ts'
import type { Database } from '../../../database/client.ts'
import { Problem, problems } from '../../../http/problems.ts'
import { DocumentReader } from '../../../inbound/document-reader.ts'
import type { FormatFault } from '../../../inbound/format.ts'
import { DOCUMENT_FORMATS } from '../../../inbound/formats.ts'
import { takesUnknownMembers } from '../../../repositories/access/leniency.ts'
import { listCustomFields } from '../../../repositories/fields/custom-fields.ts'
import { valueParsers } from '../../../schemas/fields/custom-field.ts'
import {
  CaptureResponseSchema,
  CapturedLeadsSchema,
  presentCapturedLead
} from '../../../schemas/leads/captured-lead.ts'
import { CreateLeadSchema, REQUIRED_DIRECTIONS } from '../../../schemas/leads/lead-input.ts'
import { closed, ref, requiredText } from '../../../schemas/shared.ts'
import type { captureLeads } from '../../../use-cases/leads/capture-leads.ts'
import type { Captured } from '../../../use-cases/leads/steps/describe-repeat.ts'
import { ownPointsAt } from './own-points.ts'
import { FORM_SOURCE, captureRead } from './capture-read.ts'
import {
  logCaptured,
  maySeeLeads,
  presentCaptureReceipt,
  refuseCapture,
  requestHashOf,
  sendCaptured
} from './capture-responses.ts'

const CaptureQuery = Type.Object(
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

type CaptureRequest = FastifyRequest<{ Querystring: Static<typeof CaptureQuery> }>

/** Leads are posted: one as JSON, or any number in a document. */
export const leadCaptureRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  const leadBody = new LenientBody<Static<typeof CreateLeadSchema>>(
    app,
    CreateLeadSchema,
    REQUIRED_DIRECTIONS
  )
  const documents = new DocumentReader()
  app.addHook('onClose', async () => {
    await documents.close()
  })
  const capture = async (request: CaptureRequest, reply: FastifyReply) =>
    await captureBody(request, reply, { ...options, leadBody, documents })

  app.post(
    '/leads',
    {
      ...operation({
        id: 'createLead',
        tag: 'Leads',
        summary: 'Create a lead',
        description:
          'Stores a lead, compares it with earlier leads and clients, assigns it and sends ' +
          'the notifications. The response is 201 when the lead is stored. A repeat with ' +
          'the same `Idempotency-Key` or `externalId` gets 200 and the first lead. So does ' +
          'the same lead without both within 10 seconds. A member who does not see the first lead gets ' +
          'only its receipt. If a repeat by `externalId` has ' +
          'other values, the event `lead.resent` keeps them, empty fields of the lead are ' +
          'filled, and the assigned user gets a mail. An `externalId` of another person ' +
          'does not identify the lead: it becomes an entry of `references`. Blank ' +
          'texts count as absent. Other common forms of a value are accepted. An optional ' +
          'value that can’t be read is kept in `unmapped`, with an entry in `warnings`. JSON that is ' +
          'not valid is read where its meaning is certain (`repaired_json`); other JSON is stored and quarantined if an ' +
          'e-mail address or phone is in it, otherwise the response is 400. A lead ' +
          'is refused if neither its contact nor its message has an e-mail address or phone. A ' +
          'document is read here too, as by `createLeadsFromDocument`, and so is a form: ' +
          '`application/x-www-form-urlencoded` or `multipart/form-data`. Its fields are guessed ' +
          'by their names, and its default source is `website`. JSON, XML and forms are also ' +
          'read under a vague media type such as `text/plain`. `Content-Encoding` can be ' +
          '`gzip`, `deflate` or `br`.',
        access: access.tenant('member', 'leads:capture'),
        query: CaptureQuery,
        body: ref(CreateLeadSchema),
        responses: {
          200: ref(
            CaptureResponseSchema,
            'The lead of the first request. Only new values of a repeat are announced.'
          ),
          201: ref(CaptureResponseSchema, 'The stored lead.'),
          202: ref(
            CaptureResponseSchema,
            'A body that could not be read completely. It is stored, and its leads wait in quarantine for a check by a user.'
          )
        },
        problems: ['unreachable-contact', 'invalid-document'],
        idempotent: true
      }),
      validatorCompiler: leadBody.validatorCompiler
    },
    capture
  )

  app.post(
    '/leads/documents',
    operation({
      id: 'createLeadsFromDocument',
      tag: 'Leads',
      summary: 'Post the leads of a document',
      description:
        'The same operation as `createLead`, for a document such as ADF. A document can ' +
        'have several leads: either all are stored, or none. Media types: ' +
        `${DOCUMENT_FORMATS.flatMap(({ mediaTypes }) => mediaTypes).join(', ')}.`,
      access: access.tenant('member', 'leads:capture'),
      formats: DOCUMENT_FORMATS,
      query: CaptureQuery,
      responses: {
        200: ref(CapturedLeadsSchema, 'The same leads as before. No notification is sent again.'),
        201: ref(CapturedLeadsSchema, 'The stored leads.'),
        202: ref(
          CapturedLeadsSchema,
          'A document that could not be read completely. It is stored, and its leads wait in quarantine for a check by a user.'
        )
      },
      problems: ['unreachable-contact', 'invalid-document'],
      idempotent: true
    }),
    capture
  )
}

async function captureBody(request: CaptureRequest, reply: FastifyReply, options: CaptureOptions) {
  const { db, now, mailDomain, mailFrom } = options
  const principal = tenantOf(request)
  const dealer = dealerOf(request)
  const posted = await readPosted(request, { ...options, principal, dealer })
  const capture: Parameters<typeof captureLeads>[1] = {
    dealerId: principal.dealerId,
    actor: actorOf(principal),
    viewer: maySeeLeads(principal) ? principal : null,
    contents: posted.contents,
    payload: { contentType: request.rawType, body: request.rawText },
    source: posted.source,
    referralCode: posted.referralCode,
    isReferralRequired: false,
    assigneeId: posted.assigneeId,
    idempotency: readIdempotency(request, principal),
    receivedAt: now(),
    fieldParsers: posted.kind === 'document' ? null : valueParsers(dealer.country),
    mailDomain,
    mailFrom
  }
  const result = await captureRead(
    db,
    capture,
    posted.kind !== 'json' && posted.kind !== 'document'
  )
  if ('refusal' in result) {
    if (result.refusal === 'unknown-source' && 'key' in posted.source && capture.viewer) {
      throw await refuseSource(db, principal, posted.source.key)
    }
    throw refuseCapture(result.refusal, '', result.faults)
  }
  logCaptured(request, result.captured)
  const present = (one: Captured) =>
    one.isSeen ? presentCapturedLead(one, localeOf(request)) : presentCaptureReceipt(one)
  return sendCaptured(reply, result.captured, present, posted.kind === 'document')
}

/** The leads of the body, with the source they are captured for. */
async function readPosted(request: CaptureRequest, reading: BodyReading) {
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
  return { kind: posted.kind, contents: parsed.contents, ...NO_DIRECTIONS, source }
}

async function readPostedLead(
  request: CaptureRequest,
  posted: Exclude<PostedBody, { kind: 'document' }>,
  reading: BodyReading
) {
  const { principal, dealer } = reading
  const { source } = request.query
  const { body, content } = await readLeadBody(posted, {
    leadBody: reading.leadBody,
    dealer,
    takesUnknownMembers: (given) => isLenient(given.source, reading),
    findCustomFields: () =>
      reading.db.read(principal.dealerId, (tx) => listCustomFields(tx, 'lead')),
    findOwnPoints: () => ownPointsAt(reading.db, principal.dealerId)
  })
  const kind = documentFault(content) === null ? posted.kind : 'unreadable'
  const assignee = await nameAssignee(reading, body.assignee ?? null)
  const key = body.source ?? source ?? (kind === 'json' ? undefined : FORM_SOURCE)
  return {
    kind,
    contents: [{ ...content, unmapped: [...content.unmapped, ...assignee.unmapped] }],
    source: chooseSource(principal, key?.trim()),
    referralCode: body.referralCode?.trim() ?? null,
    assigneeId: assignee.id
  }
}

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

/** Names the sources that there are to callers that may read them. */
async function refuseSource(
  db: Database,
  { dealerId }: TenantPrincipal,
  key: string
): Promise<Problem> {
  const known = await db.read(dealerId, (tx) => listNamedWords(tx, 'source'))
  return problems.validation([unknownWord('/source', key, known)])
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

interface CaptureOptions extends RouteOptions {
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

function readIdempotency(request: FastifyRequest, principal: TenantPrincipal) {
  const key = idempotencyKeyOf(request)
  return key === null
    ? null
    : { principalId: principal.id, key, requestHash: requestHashOf(request) }
}
