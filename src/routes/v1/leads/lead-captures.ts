import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { actorOf } from '../../../domain/events/event.ts'
import { idempotencyKeyOf } from '../../../http/conventions.ts'
import { LenientBody } from '../../../http/lenient-body.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { dealerOf, localeOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { unknownWord } from '../../../http/query-words.ts'
import { listNamedWords } from '../../../repositories/named-records.ts'
import type { Database } from '../../../database/client.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { DocumentReader } from '../../../inbound/document-reader.ts'
import { DOCUMENT_FORMATS } from '../../../inbound/formats.ts'
import { valueParsers } from '../../../schemas/fields/custom-field.ts'
import {
  CAPTURED_EXAMPLE,
  CaptureResponseSchema,
  CapturedLeadsSchema,
  QUARANTINED_EXAMPLE,
  REPEATED_EXAMPLE,
  presentCapturedLead
} from '../../../schemas/leads/captured-lead.ts'
import { CreateLeadSchema, REQUIRED_DIRECTIONS } from '../../../schemas/leads/lead-input.ts'
import { ref } from '../../../schemas/shared.ts'
import type { captureLeads } from '../../../use-cases/leads/capture-leads.ts'
import type { Captured } from '../../../use-cases/leads/steps/describe-repeat.ts'
import { captureRead } from './capture-read.ts'
import {
  logCaptured,
  maySeeLeads,
  presentCaptureReceipt,
  refuseCapture,
  requestHashOf,
  sendCaptured
} from './capture-responses.ts'
import { CaptureQuery } from './capture-request.ts'
import type { CaptureOptions, CaptureRequest } from './capture-request.ts'
import { readPosted } from './posted-leads.ts'

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
          'filled, and the assigned user gets a mail. A quarantined lead is released if the repeat ' +
          'has the usable e-mail address or phone that it lacked. An `externalId` of another person ' +
          'does not identify the lead: it becomes an entry of `references`. Blank ' +
          'texts count as absent. Other common forms of a value are accepted. An optional ' +
          'value that can’t be read is kept in `unmapped`, with an entry in `warnings`. JSON that is ' +
          'not valid is read where its meaning is certain (`repaired_json`); other JSON is stored and quarantined if an ' +
          'e-mail address or phone is in it, otherwise the response is 400. A lead ' +
          'is refused if neither its contact nor its message has an e-mail address or phone. A ' +
          'document is read here too, as by `POST /v1/leads/documents`, and so is a form: ' +
          '`application/x-www-form-urlencoded` or `multipart/form-data`. Its fields are guessed ' +
          'by their names, and its default source is `website`. The default source of a lead that a user enters is ' +
          'the oldest active one of kind `walk_in`. JSON, XML and forms are also ' +
          'read under a vague media type such as `text/plain`. A list of up to 100 leads, or a member ' +
          'that holds it, is read too: each is a lead with its own source, referral and assignee, or with those beside the list. `Content-Encoding` can be ' +
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
        shows: { 200: REPEATED_EXAMPLE, 202: QUARANTINED_EXAMPLE },
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
        'The same operation as `POST /v1/leads`, for a document such as ADF. A document can ' +
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
      shows: {
        200: { data: [{ ...CAPTURED_EXAMPLE, ...REPEATED_EXAMPLE }] },
        202: { data: [{ ...CAPTURED_EXAMPLE, ...QUARANTINED_EXAMPLE }] }
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
    leads: posted.leads,
    payload: { contentType: request.rawType, body: request.rawText },
    isReferralRequired: false,
    idempotency: readIdempotency(request, principal),
    receivedAt: now(),
    fieldParsers: ['document', 'embedded'].includes(posted.kind)
      ? null
      : valueParsers(dealer.country),
    mailDomain,
    mailFrom
  }
  const result = await captureRead(
    db,
    capture,
    posted.kind !== 'json' && posted.kind !== 'document'
  )
  if ('refusal' in result) {
    const { refusal, at, faults } = result
    const { source, pointer: base = '' } = posted.leads[at] ?? {}
    if (refusal === 'unknown-source' && source && 'key' in source && capture.viewer) {
      throw await refuseSource(db, principal, { key: source.key, base })
    }
    throw refuseCapture(refusal, base, faults)
  }
  logCaptured(request, result.captured)
  const locale = localeOf(request)
  const present = (one: Captured) =>
    one.isSeen ? presentCapturedLead(one, locale) : presentCaptureReceipt(one, locale)
  // The route of documents has one shape for all bodies.
  const isList = posted.isList || request.routeOptions.url === '/v1/leads/documents'
  return sendCaptured(reply, result.captured, present, isList)
}

/** Names the sources that there are to callers that may read them. */
async function refuseSource(
  db: Database,
  { dealerId }: TenantPrincipal,
  { key, base }: { key: string; base: string }
): Promise<Problem> {
  const known = await db.read(dealerId, (tx) => listNamedWords(tx, 'source'))
  return problems.validation([unknownWord(`${base}/source`, key, known, 'source')])
}

function readIdempotency(request: FastifyRequest, principal: TenantPrincipal) {
  const key = idempotencyKeyOf(request)
  return key === null
    ? null
    : { principalId: principal.id, key, requestHash: requestHashOf(request) }
}
