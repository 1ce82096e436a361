import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { findClient } from '../../../repositories/clients/clients.ts'
import { listConsentHistory } from '../../../repositories/clients/consents.ts'
import {
  ConsentRecordPageSchema,
  ConsentRecordSchema,
  ConsentStancesSchema,
  presentConsentRecord,
  presentStances
} from '../../../schemas/clients/consent.ts'
import { ConsentInputSchema, readConsent } from '../../../schemas/leads/lead-parts.ts'
import { IdParams, Instant, closed, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import { readConsents } from '../../../use-cases/clients/read-consents.ts'
import { recordConsent } from '../../../use-cases/clients/record-consent.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { accept, idOf, sendCreated, sendPage } from '../../../http/resources.ts'

const AtQuery = Type.Object({ at: Type.Optional(Instant('Default: now.')) }, closed)

const HistoryQuery = Type.Object(
  {
    ...pageQuery,
    sort: Type.Optional(oneOf(['-effectiveAt', 'effectiveAt'], 'Default: newest first.'))
  },
  closed
)

const RULES =
  'For each channel, the latest statement is in effect. A statement whose `channel` is null ' +
  'covers all channels. When a lead is linked or clients are merged, a purpose that either ' +
  'record refused stays refused; a purpose that only one record has keeps its statement. A ' +
  'later statement replaces both. The statements of a lead leave the client when the lead ' +
  'is unlinked or moved, or its link is undone.'

/** Consents of clients and leads. */
export const consentRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.get(
    '/clients/:id/consents',
    operation({
      id: 'getClientConsents',
      tag: 'Consents',
      summary: 'Read the consents of a client',
      description: `The time \`at\` can be in the past. ${RULES}`,
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: AtQuery,
      responses: { 200: ref(ConsentStancesSchema, 'The statements in effect at that time.') }
    }),
    async (request) => await readOf(request, 'client')
  )

  app.get(
    '/clients/:id/consents/history',
    operation({
      id: 'listClientConsents',
      tag: 'Consents',
      summary: 'List all consent statements of a client',
      description:
        'The list includes statements that are no longer in effect: see `voidFrom`. ' +
        'Statements are never overwritten.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: HistoryQuery,
      responses: { 200: ref(ConsentRecordPageSchema, 'A page of statements.') },
      paged: true
    }),
    (request, reply) =>
      sendPage(db, request, reply, {
        list: async (tx, page, principal) => {
          const client = await findClient(tx, principal, idOf(request))
          if (!client) throw problems.notFound('client')
          return await listConsentHistory(tx, client.id, page)
        },
        present: presentConsentRecord,
        defaultSort: '-effectiveAt'
      })
  )

  app.post(
    '/clients/:id/consents',
    operation({
      id: 'recordClientConsent',
      tag: 'Consents',
      summary: 'Record a consent statement of a client',
      description:
        'The statement takes effect now. `givenAt` can be earlier. A statement about one ' +
        'channel does not change the other channels. A statement about all channels ' +
        'replaces the statements about single channels.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(ConsentInputSchema),
      responses: { 201: ref(ConsentRecordSchema, 'The statement.') },
      shows: { 201: { origin: 'direct', leadId: null, operationId: null } },
      problems: ['conflict'],
      idempotent: true
    }),
    async (request, reply) => await record(request, reply, 'client')
  )

  app.get(
    '/leads/:id/consents',
    operation({
      id: 'getLeadConsents',
      tag: 'Consents',
      summary: 'Read the consents of a lead',
      description:
        'The statements that came with the lead, and those recorded for the lead later. ' +
        'Other statements of the person belong to the client.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: AtQuery,
      responses: { 200: ref(ConsentStancesSchema, 'The statements in effect at that time.') }
    }),
    async (request) => await readOf(request, 'lead')
  )

  app.post(
    '/leads/:id/consents',
    operation({
      id: 'recordLeadConsent',
      tag: 'Consents',
      summary: 'Record a consent statement of a lead',
      description:
        'The statement takes effect now. It also applies to the client of the lead, as long ' +
        'as the lead has that client.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(ConsentInputSchema),
      responses: { 201: ref(ConsentRecordSchema, 'The statement.') },
      shows: { 201: { origin: 'direct', clientId: null, operationId: null } },
      problems: ['conflict'],
      idempotent: true
    }),
    async (request, reply) => await record(request, reply, 'lead')
  )

  async function readOf(
    request: FastifyRequest<{ Params: { id: string }; Querystring: Static<typeof AtQuery> }>,
    type: 'client' | 'lead'
  ) {
    const at = momentOf(request.query, now())
    const about = { type, id: request.params.id }
    return presentStances(
      accept(await readConsents(db, { principal: tenantOf(request), about, at }))
    )
  }

  async function record(
    request: FastifyRequest<{ Params: { id: string }; Body: Static<typeof ConsentInputSchema> }>,
    reply: FastifyReply,
    type: 'client' | 'lead'
  ) {
    const { id } = request.params
    const statement = readConsent(request.body)
    return await sendCreated(request, reply, {
      now,
      create: (command) => recordConsent(db, { ...command, about: { type, id }, statement }),
      present: presentConsentRecord,
      location: () => `/v1/${type}s/${id}/consents`
    })
  }
}

function momentOf({ at }: Static<typeof AtQuery>, now: Date): Date {
  return at === undefined ? now : new Date(at)
}
