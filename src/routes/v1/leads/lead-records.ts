import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Database, Transaction } from '../../../database/client.ts'
import { ADF_EXAMPLE } from '../../../adf/adf-example.ts'
import { renderAdf } from '../../../adf/adf-document.ts'
import type { Locale } from '../../../domain/dealers/dealer.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { listSeenDecisions } from '../../../repositories/leads/seen-decisions.ts'
import { listEvents } from '../../../repositories/events/events.ts'
import { findLeadPayload, findResentPayload } from '../../../repositories/leads/lead-payloads.ts'
import { findResend } from '../../../repositories/leads/resent-changes.ts'
import { findLead } from '../../../repositories/leads/leads.ts'
import { findNames } from '../../../repositories/names.ts'
import type { Page, PageRequest } from '../../../repositories/paging.ts'
import { DecisionPageSchema, presentDecision } from '../../../schemas/leads/decision.ts'
import {
  HistoryEntryPageSchema,
  idsNamedBy,
  presentHistoryEntry
} from '../../../schemas/events/event.ts'
import {
  TimelinePageSchema,
  idsOfEntry,
  presentTimelineEntry
} from '../../../schemas/leads/timeline.ts'
import { listTimeline } from '../../../repositories/leads/timeline.ts'
import { LeadPayloadSchema } from '../../../schemas/leads/lead-work.ts'
import {
  Id,
  IdParams,
  closed,
  newestFirst,
  oneOf,
  pageQuery,
  ref
} from '../../../schemas/shared.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { ofSeenLead, sendPage } from '../../../http/resources.ts'

const HistoryQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst
  },
  closed
)

const TimelineQuery = Type.Object(pageQuery, closed)

const DecisionQuery = Type.Object(
  {
    ...pageQuery,
    sort: Type.Optional(oneOf(['createdAt', '-createdAt'], 'Default: oldest first.'))
  },
  closed
)

/** A response that is a document and no JSON. */
const AdfResponse = Type.Unsafe<string>({
  description: 'The lead as ADF 1.0.',
  content: { 'application/xml': { schema: { type: 'string', examples: [ADF_EXAMPLE] } } }
})

const PayloadQuery = Type.Object(
  { event: Type.Optional(Id('The id of an event `lead.resent` of the lead.')) },
  closed
)

/** The history, decisions, deliveries and payload of a lead, and the lead as ADF. */
export const leadRecordRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db }) => {
  app.get(
    '/leads/:id/history',
    operation({
      id: 'listLeadHistory',
      tag: 'Leads',
      summary: 'Read the history of a lead',
      description: 'The changes of the lead, newest first, each with its time and the user or key.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: HistoryQuery,
      responses: { 200: ref(HistoryEntryPageSchema, 'A page of the history.') },
      paged: true
    }),
    async (request, reply) =>
      await sendNamedPage(db, request, reply, {
        list: (tx, leadId, page) => listEvents(tx, { leadId }, page),
        idsOf: idsNamedBy,
        present: presentHistoryEntry
      })
  )

  app.get(
    '/leads/:id/timeline',
    operation({
      id: 'listLeadTimeline',
      tag: 'Leads',
      summary: 'Read the timeline of a lead',
      description:
        'Changes, repeats, activities with notes, and messages of the lead in one list, newest first, each ' +
        'with a sentence to show. An activity or message stands at the time at which it was created, as it is now.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: TimelineQuery,
      responses: { 200: ref(TimelinePageSchema, 'A page of the timeline.') },
      paged: true
    }),
    async (request, reply) =>
      await sendNamedPage(db, request, reply, {
        list: listTimeline,
        idsOf: idsOfEntry,
        present: presentTimelineEntry
      })
  )

  app.get(
    '/leads/:id/decisions',
    operation({
      id: 'listLeadDecisions',
      tag: 'Leads',
      summary: 'List the decisions about a lead',
      description:
        'The automatic decisions about the lead, such as quarantine, assignment and ' +
        'notifications, each with its reason.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: DecisionQuery,
      responses: { 200: ref(DecisionPageSchema, 'A page of decisions.') },
      paged: true
    }),
    async (request, reply) =>
      await sendPage(db, request, reply, {
        list: ofSeenLead(request, (tx, id, page) =>
          listSeenDecisions(tx, tenantOf(request), id, page)
        ),
        present: presentDecision,
        defaultSort: 'createdAt'
      })
  )

  app.get(
    '/leads/:id/payload',
    operation({
      id: 'getLeadPayload',
      tag: 'Leads',
      summary: 'Read the payload of a lead',
      description:
        'The unchanged body of the request that created the lead or, with `event`, of a repeat. The payload of a document ' +
        'with several leads needs a caller who sees all of them. After PAYLOAD_RETENTION_DAYS the response is 404, ' +
        'but for rows of imports.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: PayloadQuery,
      responses: { 200: ref(LeadPayloadSchema, 'The payload.') }
    }),
    async (request) => {
      const principal = tenantOf(request)
      const { id } = request.params
      const payload = await db.read(principal.dealerId, async (tx) => {
        await seenLead(tx, principal, id)
        const { event: eventId } = request.query
        if (eventId === undefined) return await findLeadPayload(tx, principal, id)
        const resend = await findResend(tx, { leadId: id, eventId })
        if (!resend) throw problems.notFound('event lead.resent of this lead')
        return await findResentPayload(tx, principal, resend.payloadId)
      })
      if (payload === 'gone') throw problems.notFound('payload')
      if (payload === 'hidden') {
        throw problems.forbidden('The document has leads that you do not see.')
      }
      return payload
    }
  )

  app.get(
    '/leads/:id/adf',
    operation({
      id: 'getLeadAdf',
      tag: 'Leads',
      summary: 'Read a lead as ADF',
      description:
        'The document has one prospect, as in ADF mails to a CRM. It includes income and ' +
        'other prequalification data only if the setting `mailPrequalification` of the ' +
        'dealer is on.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: AdfResponse }
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { lead, dealer } = await db.read(principal.dealerId, async (tx) => ({
        lead: await seenLead(tx, principal, request.params.id),
        dealer: await findDealer(tx)
      }))
      if (!dealer) throw new Error('a dealer with a lead is gone')
      const document = renderAdf(lead, dealer, {
        includePrequalification: dealer.settings.mailPrequalification
      })
      return await reply.type('application/xml; charset=utf-8').send(document)
    }
  )
}

/** Sends a page of what belongs to the path's lead, with what the dealer calls the records it names. */
async function sendNamedPage<Entry, Item>(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  {
    list,
    idsOf,
    present
  }: {
    list: (tx: Transaction, leadId: string, page: PageRequest) => Promise<Page<Entry>>
    idsOf: (entry: Entry) => string[]
    present: (entry: Entry, names: ReadonlyMap<string, string>, locale: Locale) => Item
  }
) {
  let names: ReadonlyMap<string, string> = new Map()
  const listOfLead = ofSeenLead(request, list)
  return await sendPage(db, request, reply, {
    list: async (tx, asked, principal) => {
      const page = await listOfLead(tx, asked, principal)
      names = await findNames(tx, page.data.flatMap(idsOf))
      return page
    },
    present: (entry, locale) => present(entry, names, locale)
  })
}

async function seenLead(tx: Transaction, principal: TenantPrincipal, id: string): Promise<Lead> {
  const lead = await findLead(tx, principal, id)
  if (!lead) throw problems.notFound('lead')
  return lead
}
