import { Type } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { actorOf } from '../../../domain/events/event.ts'
import type { ReadingDealer } from '../../../domain/leads/reading-dealer.ts'
import { idempotencyKeyOf } from '../../../http/conventions.ts'
import { LenientBody, bodyObject } from '../../../http/lenient-body.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { dealerOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { DocumentReader } from '../../../inbound/document-reader.ts'
import type { DocumentFormat, FormatFault, ParsedBody } from '../../../inbound/format.ts'
import { DOCUMENT_FORMATS, formatOf, parseBody } from '../../../inbound/formats.ts'
import { leadJson } from '../../../inbound/lead-json.ts'
import { takesUnknownMembers } from '../../../repositories/access/leniency.ts'
import { valueParsers } from '../../../schemas/fields/custom-field.ts'
import {
  CaptureResponseSchema,
  CapturedLeadsSchema,
  presentCapturedLead
} from '../../../schemas/leads/captured-lead.ts'
import { CreateLeadSchema, DIRECTIONS } from '../../../schemas/leads/lead-input.ts'
import { closed, ref, requiredText } from '../../../schemas/shared.ts'
import { captureLeads } from '../../../use-cases/leads/capture-leads.ts'
import type { Captured } from '../../../use-cases/leads/capture-leads.ts'
import {
  logCaptured,
  maySeeLeads,
  presentCaptureReceipt,
  refuseCapture,
  requestHashOf,
  sendCaptured,
  withUnmapped
} from './capture-responses.ts'

const CaptureQuery = Type.Object(
  {
    source: Type.Optional(
      requiredText(
        60,
        'The key of the source, for a document. Default: the source of the API key, ' +
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
    DIRECTIONS
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
          'the same lead without both within 10 seconds. If a repeat by `externalId` has ' +
          'other values, the event `lead.resent` keeps them, empty fields of the lead are ' +
          'filled, and the assigned user gets a mail. An `externalId` of another person ' +
          'does not identify the lead: it becomes an entry of `references`. Blank ' +
          'texts count as absent. Other common forms of a value are accepted. An optional ' +
          'value that can’t be read is kept in `unmapped`, with an entry in `warnings`. A ' +
          'document is read here too, as by `createLeadsFromDocument`.',
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
            'A document that could not be read completely. It is stored, and its leads wait in quarantine for a check by a user.'
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

async function captureBody(
  request: CaptureRequest,
  reply: FastifyReply,
  { db, now, mailDomain, mailFrom, leadBody, documents }: CaptureOptions
) {
  const principal = tenantOf(request)
  const dealer = dealerOf(request)
  const posted = await readPosted(request, { principal, dealer, leadBody, documents, db })
  const result = await captureLeads(db, {
    dealerId: principal.dealerId,
    actor: actorOf(principal),
    contents: posted.contents,
    payload: {
      contentType: request.headers['content-type'] ?? 'application/json',
      body: request.rawText
    },
    source: posted.source,
    referralCode: posted.referralCode,
    assigneeId: posted.assigneeId,
    idempotency: readIdempotency(request, principal),
    receivedAt: now(),
    fieldParsers: posted.isDocument ? null : valueParsers(dealer.country),
    mailDomain,
    mailFrom
  })
  if ('refusal' in result) throw refuseCapture(result.refusal, '', result.faults)
  logCaptured(request, result.captured)
  const present = (one: Captured) =>
    maySeeLeads(principal) ? presentCapturedLead(one, dealer.locale) : presentCaptureReceipt(one)
  return sendCaptured(reply, result.captured, present, posted.isDocument)
}

interface CaptureOptions extends RouteOptions {
  leadBody: LenientBody<Static<typeof CreateLeadSchema>>
  documents: DocumentReader
}

/** The leads of the body, with the source they are captured for. */
async function readPosted(request: CaptureRequest, reading: BodyReading) {
  const { principal } = reading
  if (request.body === undefined) throw problems.badRequest('The request needs a body.')
  const format = formatOf(request.headers['content-type'] ?? '')
  if (!format) throw problems.unsupportedMediaType('Leads are not accepted in this media type.')
  const isDocument = format.kind === 'document'
  const parsed = isDocument
    ? await readPostedDocument(request, format, reading)
    : await readJson(bodyObject(request.body), reading)
  if ('fault' in parsed) throw refuseBody(parsed)
  const { source } = request.query
  return {
    contents: parsed.contents,
    source: chooseSource(principal, parsed.source ?? source ?? (isDocument ? 'portal' : undefined)),
    referralCode: parsed.referralCode ?? null,
    assigneeId: parsed.assigneeId ?? null,
    isDocument
  }
}

interface BodyReading extends Pick<CaptureOptions, 'db' | 'leadBody' | 'documents'> {
  principal: TenantPrincipal
  dealer: ReadingDealer
}

/** Reads the bytes of a document, and keeps its text with the request. */
async function readPostedDocument(
  request: CaptureRequest,
  format: DocumentFormat,
  { documents, dealer }: BodyReading
): Promise<ParsedBody | FormatFault> {
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const charset = /charset="?([\w-]+)/i.exec(request.headers['content-type'] ?? '')?.[1]
  const { text, parsed } = await documents.read(format, { bytes, charset }, dealer)
  request.rawText = text
  return parsed
}

async function readJson(
  body: Record<string, unknown>,
  reading: BodyReading
): Promise<ParsedBody | FormatFault> {
  const { dealer, leadBody } = reading
  const strict = leadBody.read(body, dealer, false)
  // Only unknown members cost the question whether they may be there.
  const isOpen =
    'faults' in strict && strict.hasUnknownMembers && (await isLenient(body.source, reading))
  const read = isOpen ? leadBody.read(body, dealer, true) : strict
  if ('faults' in read) throw problems.validation(read.faults)
  const parsed = parseBody(leadJson, read.body, dealer)
  if ('fault' in parsed) return parsed
  return { ...parsed, contents: parsed.contents.map((content) => withUnmapped(content, read)) }
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
