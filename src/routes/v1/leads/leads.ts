import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'

import type { Lead } from '../../../domain/leads/lead.ts'
import { holdsScope } from '../../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { dealerOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { findLead, listLeads } from '../../../repositories/leads/leads.ts'
import { valueParsers } from '../../../schemas/fields/custom-field.ts'
import {
  CaptureResponseSchema,
  LeadOrReceiptSchema,
  presentCapturedLead,
  presentReceipt
} from '../../../schemas/leads/captured-lead.ts'
import { PatchLeadSchema } from '../../../schemas/leads/lead-input.ts'
import { LeadPageSchema, LeadSchema, presentLead } from '../../../schemas/leads/lead.ts'
import { leadFilterQuery, readLeadFilter } from '../../../schemas/leads/lead-filter.ts'
import { patchLeadContent } from '../../../schemas/leads/lead-patch.ts'
import {
  IdParams,
  closed,
  newestFirst,
  pageQuery,
  ref,
  requiredText
} from '../../../schemas/shared.ts'
import { captureLeads } from '../../../use-cases/leads/capture-leads.ts'
import type { Captured } from '../../../use-cases/leads/capture-leads.ts'
import { changeLead } from '../../../use-cases/leads/change-lead.ts'
import { idempotencyKeyOf } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { FormatFault, ReadingDealer } from '../../../inbound/format.ts'
import { FORMATS, formatOf, parseBody } from '../../../inbound/formats.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendChanged, sendOne, sendPage } from '../../../http/resources.ts'
import { refuseCapture, requestHashOf, sendCaptured } from './capture-responses.ts'

const LeadQuery = Type.Object({ ...pageQuery, ...newestFirst, ...leadFilterQuery }, closed)

const CaptureQuery = Type.Object(
  {
    source: Type.Optional(
      requiredText(
        60,
        "For documents: a source's key. Default: the API key's own source, or else `portal`."
      )
    )
  },
  closed
)

/** Leads are captured, listed, read and changed. */
export const leadRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  const { db, now } = options

  app.post(
    '/leads',
    operation({
      id: 'createLead',
      tag: 'Leads',
      summary: 'Post a lead',
      description:
        'Stores a lead, finds an earlier lead that it repeats, assigns it and sends the notifications. The ' +
        'response is 201 when the lead is stored. A repeat with the same `Idempotency-Key` or ' +
        '`externalId` gets 200 and the first lead. A document, such as ADF, can have several leads: all ' +
        'are stored, or none.',
      access: access.tenant('member', 'leads:capture'),
      formats: FORMATS,
      query: CaptureQuery,
      responses: {
        200: ref(CaptureResponseSchema, 'The same lead as before. No notification is sent again.'),
        201: ref(CaptureResponseSchema, 'The stored lead.')
      },
      problems: ['unreachable-contact', 'invalid-document'],
      idempotent: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const dealer = dealerOf(request)
      const posted = readPosted(request, principal, dealer)
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
        mailDomain: options.mailDomain,
        mailFrom: options.mailFrom
      })
      if ('refusal' in result) throw refuseCapture(result.refusal, '', result.faults)
      logCaptured(request, result.captured)
      const { locale } = dealer
      const present = (one: Captured) =>
        maySeeLeads(principal) ? presentCapturedLead(one, locale) : presentCaptureReceipt(one)
      return sendCaptured(reply, result.captured, present, posted.isDocument)
    }
  )

  app.get(
    '/leads',
    operation({
      id: 'listLeads',
      tag: 'Leads',
      summary: 'List leads',
      description: 'Newest first. A lead must match all filters.',
      access: access.tenant('member', 'read'),
      query: LeadQuery,
      responses: { 200: ref(LeadPageSchema, 'A page of leads.') },
      paged: true
    }),
    async (request, reply) => {
      const filter = readLeadFilter(request.query, now())
      return await sendPage(db, request, reply, {
        list: (tx, page, principal) => listLeads(tx, principal, filter, page),
        present: presentLead
      })
    }
  )

  app.get(
    '/leads/:id',
    operation({
      id: 'getLead',
      tag: 'Leads',
      summary: 'Read a lead',
      description:
        'A key with only `leads:capture` gets the receipt of a lead that it posted itself.',
      access: access.tenant('member', 'any'),
      params: IdParams,
      responses: { 200: ref(LeadOrReceiptSchema, 'The lead.') },
      versioned: true
    }),
    async (request, reply) => {
      const isForReading = maySeeLeads(tenantOf(request))
      return await sendOne(db, request, reply, {
        noun: 'lead',
        find: (tx, id, principal) => findLead(tx, principal, id),
        present: (lead, locale) =>
          isForReading ? presentLead(lead, locale) : presentStoredReceipt(lead)
      })
    }
  )

  app.patch(
    '/leads/:id',
    operation({
      id: 'updateLead',
      tag: 'Leads',
      summary: 'Change a lead',
      description:
        'RFC 7396 merge patch of the content. Other operations change the status, the assignee and the client.',
      access: access.tenant('member', 'write'),
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(PatchLeadSchema),
      responses: { 200: ref(LeadSchema, 'The changed lead.') },
      problems: ['unreachable-contact'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { body } = request
      const { country } = dealerOf(request)
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeLead(db, {
            ...command,
            leadId: request.params.id,
            change: (before) => patchLeadContent(before, body, country),
            fieldParsers: valueParsers(country),
            temperature: body.temperature,
            fields: Object.keys(body)
          }),
        present: presentLead
      })
    }
  )
}

/** The leads of the body, with the source they are captured for. */
function readPosted(request: FastifyRequest, principal: TenantPrincipal, dealer: ReadingDealer) {
  const format = formatOf(request.headers['content-type'] ?? '')
  if (!format) throw problems.unsupportedMediaType('Leads are not read in this media type.')
  const parsed = parseBody(format, request.body, dealer)
  if ('fault' in parsed) throw refuseBody(parsed)
  const isDocument = format.kind === 'document'
  const { source } = request.query as { source?: string }
  return {
    contents: parsed.contents,
    source: chooseSource(principal, parsed.source ?? source ?? (isDocument ? 'portal' : undefined)),
    referralCode: parsed.referralCode ?? null,
    assigneeId: parsed.assigneeId ?? null,
    isDocument
  }
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

/** A key with only `leads:capture` gets receipts, not leads. */
function maySeeLeads(principal: TenantPrincipal): boolean {
  return principal.kind === 'user' || holdsScope(principal.scopes, 'read')
}

function presentStoredReceipt(lead: Lead) {
  return presentReceipt(lead, lead.quarantineReason === null ? 'created' : 'quarantined')
}

function presentCaptureReceipt({ lead, outcome }: Captured) {
  return presentReceipt(lead, outcome)
}

function logCaptured(request: FastifyRequest, captured: readonly Captured[]): void {
  for (const { lead, outcome } of captured) {
    request.log.info({ leadId: lead.id, outcome, duplicateOf: lead.duplicateOf }, 'lead captured')
  }
}
