import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { seesAll } from '../../../domain/access/permissions.ts'
import { EMPTY_LEAD } from '../../../domain/leads/empty-lead.ts'
import { LEAD_SORTS } from '../../../domain/leads/lead-sort.ts'
import type { Locale } from '../../../domain/dealers/dealer.ts'
import type { ListCheckCode } from '../../../domain/reasons/list-reasons.ts'
import type { Waiting } from '../../../domain/qualification/waiting.ts'
import type { Lead, LeadContent, UnmappedValue } from '../../../domain/leads/lead.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { dealerOf, localeOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { sendChanged, sendOne, sendPage } from '../../../http/resources.ts'
import { pageWithFields, readFields, withFields } from '../../../http/sparse-records.ts'
import { findLead } from '../../../repositories/leads/leads.ts'
import { isPlainPage, listFirstLeads, listLeads } from '../../../repositories/leads/lead-pages.ts'
import { valueParsers } from '../../../schemas/fields/custom-field.ts'
import {
  ChangedLeadSchema,
  LeadOrReceiptSchema,
  presentReceipt
} from '../../../schemas/leads/captured-lead.ts'
import { leadFilterQuery, readLeadFilter } from '../../../schemas/leads/lead-filter.ts'
import { PatchLeadSchema } from '../../../schemas/leads/lead-input.ts'
import { presentWarnings } from '../../../schemas/leads/warning.ts'
import { patchLeadContent } from '../../../schemas/leads/lead-patch.ts'
import {
  LEAD_FIELDS,
  LeadPageSchema,
  SparseLeadPageSchema,
  SparseLeadSchema,
  presentLead,
  presentListCheck
} from '../../../schemas/leads/lead.ts'
import { RELEVANCE_DESCRIPTION } from '../../../schemas/relevance.ts'
import {
  CHANGES_DESCRIPTION,
  IdParams,
  closed,
  oneOf,
  pageQuery,
  ref
} from '../../../schemas/shared.ts'
import { fieldsQuery, wholeOrSparse } from '../../../schemas/sparse.ts'
import { presentWaiting } from '../../../schemas/leads/waiting.ts'
import { findWaiting } from '../../../use-cases/leads/steps/find-waiting.ts'
import { findListChecks } from '../../../use-cases/leads/steps/find-list-checks.ts'
import { changeLead } from '../../../use-cases/leads/change-lead.ts'
import { expandLeads, expandQuery, presentExpandedLead, readExpand } from './expand-leads.ts'
import type { Expansion } from './expand-leads.ts'
import { maySeeLeads } from './capture-responses.ts'

/** Fields that only the content has; the others can be read without it. */
const CONTENT_FIELDS = new Set<string>(
  Object.keys(EMPTY_LEAD).filter((name) => !['type', 'externalId', 'isTest'].includes(name))
)

const FIELDS_EXAMPLE = 'displayName,status,nextAction'

const sorts = LEAD_SORTS.flatMap((sort) => [`-${sort}`, sort] as const)

const LeadQuery = Type.Object(
  {
    ...pageQuery,
    sort: Type.Optional(
      oneOf(
        [...sorts, '-relevance'],
        `Default: newest first. ${RELEVANCE_DESCRIPTION} Leads without the value come last in both directions. ` +
          '`nextAction` is its `dueAt`. ' +
          `${CHANGES_DESCRIPTION} It also lists deleted leads. Leads that the undo of an import ` +
          'removed are told by events `lead.removed`.'
      )
    ),
    ...expandQuery,
    ...fieldsQuery(LEAD_FIELDS, FIELDS_EXAMPLE),
    ...leadFilterQuery
  },
  closed
)

const OneLeadQuery = Type.Object(
  { ...expandQuery, ...fieldsQuery(LEAD_FIELDS, FIELDS_EXAMPLE) },
  closed
)

/** Leads are listed, read and changed. */
export const leadRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  const { db, now } = options

  app.get(
    '/leads',
    operation({
      id: 'listLeads',
      tag: 'Leads',
      summary: 'List leads',
      description:
        'A lead must match all filters. An empty list has `checks`, which say why. ' +
        'Members get their own leads, those that wait in their queues or are offered to them, and those ' +
        'that they entered, qualified, handed over or brought. Leads of their clients are in ' +
        '`GET /v1/clients/{id}/leads`; a lead that they were only mailed about can be read.',
      access: access.tenant('member', 'read'),
      query: LeadQuery,
      responses: {
        200: wholeOrSparse(LeadPageSchema, SparseLeadPageSchema, 'A page of leads.')
      },
      paged: true
    }),
    async (request, reply) => {
      const words = readExpand(request.query.expand)
      const fields = readFields(request.query.fields, LEAD_FIELDS)
      const filter = readLeadFilter(request.query, now())
      const part = fields?.every((name) => !CONTENT_FIELDS.has(name)) === true ? 'head' : 'whole'
      let expansion: Expansion = { words, records: new Map() }
      let checks: ListCheckCode[] = []
      const isPlain = isPlainPage(tenantOf(request), filter, request.query.sort)
      const leads = await sendPage(db, request, reply, {
        isAtOnce: isPlain && words.length === 0,
        list: async (tx, page, principal) => {
          const asked = { ...page, part } as const
          const found = await (isPlain
            ? listFirstLeads(tx, asked)
            : listLeads(tx, principal, filter, asked))
          const isEmpty = found.data.length === 0 && page.after === null
          checks = isEmpty ? await findListChecks(tx, principal) : []
          expansion = await expandLeads(tx, principal, found.data, words)
          return found
        },
        present: (lead, locale) => withFields(presentExpandedLead(lead, locale, expansion), fields)
      })
      const said = checks.map((code) => presentListCheck(code, localeOf(request)))
      const page = said.length === 0 ? leads : { ...leads, checks: said }
      return pageWithFields(page, fields)
    }
  )

  app.get(
    '/leads/:id',
    operation({
      id: 'getLead',
      tag: 'Leads',
      summary: 'Read a lead',
      description:
        'A key with only the scope `leads:capture` gets receipts, and only of the leads ' +
        'that it created. A user who was told of a lead and sees it no more gets 410.',
      access: access.tenant('member', 'any'),
      params: IdParams,
      query: OneLeadQuery,
      responses: { 200: wholeOrSparse(LeadOrReceiptSchema, SparseLeadSchema, 'The lead.') },
      problems: ['gone'],
      versioned: true
    }),
    async (request, reply) => {
      const isForReading = maySeeLeads(tenantOf(request))
      const words = isForReading ? readExpand(request.query.expand) : []
      const fields = isForReading ? readFields(request.query.fields, LEAD_FIELDS) : null
      let expansion: Expansion = { words, records: new Map() }
      let waiting: Waiting[] = []
      return await sendOne(db, request, reply, {
        noun: 'lead',
        isTold: true,
        isAtOnce: words.length === 0 && seesAll(tenantOf(request)),
        find: async (tx, id, principal) => {
          const isWaitingAsked = isForReading && fields === null
          const [lead, waits] = await Promise.all([
            findLead(tx, principal, id),
            isWaitingAsked ? findWaiting(tx, principal, { leadId: id, now: now() }) : []
          ])
          if (lead) expansion = await expandLeads(tx, principal, [lead], words)
          waiting = waits
          return lead
        },
        present: (lead, locale) =>
          isForReading
            ? withFields(
                {
                  ...presentExpandedLead(lead, locale, expansion),
                  ...(waiting.length === 0
                    ? {}
                    : { waiting: waiting.map((one) => presentWaiting(one, locale)) })
                },
                fields
              )
            : presentStoredReceipt(lead, locale)
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
      params: IdParams,
      body: ref(PatchLeadSchema),
      responses: { 200: ref(ChangedLeadSchema, 'The changed lead.') },
      shows: { 200: { temperatureBy: 'user' } },
      problems: ['unreachable-contact'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { body } = request
      const { country } = dealerOf(request)
      let repairs: UnmappedValue[] = []
      const change = (before: LeadContent) => {
        const patched = patchLeadContent(before, body, country)
        repairs = patched.repairs
        return patched.content
      }
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeLead(db, {
            ...command,
            leadId: request.params.id,
            change,
            fieldParsers: valueParsers(country),
            temperature: body.temperature,
            fields: Object.keys(body)
          }),
        present: (lead, locale) => ({
          ...presentLead(lead, locale),
          warnings: presentWarnings(repairs, locale)
        })
      })
    }
  )
}

function presentStoredReceipt(lead: Lead, locale: Locale) {
  return presentReceipt(lead, lead.quarantineReason === null ? 'created' : 'quarantined', locale)
}
