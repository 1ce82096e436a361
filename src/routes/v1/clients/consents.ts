import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Transaction } from '../../../database/client.ts'
import type { ConsentRecord } from '../../../domain/clients/consent.ts'
import type { Consent } from '../../../domain/leads/lead.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { findClient, lockClient } from '../../../repositories/clients/clients.ts'
import { listConsentHistory } from '../../../repositories/clients/consents.ts'
import { lockSeenLead } from '../../../repositories/leads/leads.ts'
import {
  ConsentRecordPageSchema,
  ConsentRecordSchema,
  ConsentStancesSchema,
  presentConsentRecord,
  presentStances
} from '../../../schemas/clients/consent.ts'
import { ConsentInputSchema, readConsent } from '../../../schemas/leads/lead-parts.ts'
import { IdParams, Instant, closed, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import {
  readClientConsents,
  readLeadConsents
} from '../../../use-cases/clients/consents/read-consents.ts'
import { recordConsent } from '../../../use-cases/clients/consents/record-consent.ts'
import { createOnce } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { idOf, sendOne, sendPage } from '../../../http/resources.ts'

const AtQuery = Type.Object({ at: Type.Optional(Instant('Default: now.')) }, closed)

const HistoryQuery = Type.Object(
  {
    ...pageQuery,
    sort: Type.Optional(
      oneOf(['-effectiveAt', 'effectiveAt'], 'Default: what came to the record last, first.')
    )
  },
  closed
)

const RULES =
  'A statement for all channels (`channel` null) covers each of them; of those that cover a channel ' +
  'the latest holds. Where a lead is linked, or a client merged, what either refused stays refused; ' +
  'what only one of them speaks of holds as it says. A later statement counts again. What a lead ' +
  'brought goes with it when it is unlinked, moved, or its link undone.'

/** What people agree to and refuse, on their clients' records and on their leads'. */
export const consentRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.get(
    '/clients/:id/consents',
    operation({
      id: 'getClientConsents',
      tag: 'Consents',
      summary: 'Read what a client agrees to',
      description: `At any moment, past ones too. ${RULES}`,
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: AtQuery,
      answers: { 200: ref(ConsentStancesSchema, 'What held at that moment.') }
    }),
    (request, reply) =>
      sendOne(db, request, reply, {
        noun: 'client',
        find: (tx, clientId, principal) =>
          readClientConsents(tx, principal, { clientId, at: momentOf(request.query, now()) }),
        present: presentStances
      })
  )

  app.get(
    '/clients/:id/consents/history',
    operation({
      id: 'listClientConsents',
      tag: 'Consents',
      summary: "List all statements on a client's record",
      description: 'Those that were taken away too: see `voidFrom`. Nothing is ever overwritten.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: HistoryQuery,
      answers: { 200: ref(ConsentRecordPageSchema, 'A page of statements.') },
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
      summary: 'Record what a client said',
      description:
        'Holds from now on. `givenAt` says when it was given, which may be earlier. Only a statement ' +
        'of all channels changes what was said of single ones.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(ConsentInputSchema),
      answers: { 201: ref(ConsentRecordSchema, 'The statement.') },
      problems: ['conflict'],
      idempotent: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      return await record(request, reply, 'client', async (tx) => {
        const client = await lockClient(tx, principal, idOf(request))
        return client && { leadId: null, clientId: client.id }
      })
    }
  )

  app.get(
    '/leads/:id/consents',
    operation({
      id: 'getLeadConsents',
      tag: 'Consents',
      summary: 'Read what the person of a lead agrees to',
      description:
        'What was said with the lead, and about it since; what is known of the person from elsewhere ' +
        'is on their client’s record.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: AtQuery,
      answers: { 200: ref(ConsentStancesSchema, 'What held at that moment.') }
    }),
    (request, reply) =>
      sendOne(db, request, reply, {
        noun: 'lead',
        find: (tx, leadId, principal) =>
          readLeadConsents(tx, principal, { leadId, at: momentOf(request.query, now()) }),
        present: presentStances
      })
  )

  app.post(
    '/leads/:id/consents',
    operation({
      id: 'recordLeadConsent',
      tag: 'Consents',
      summary: 'Record what the person of a lead said',
      description:
        'Holds from now on, on the record of the lead’s client too, as long as the lead is with them.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(ConsentInputSchema),
      answers: { 201: ref(ConsentRecordSchema, 'The statement.') },
      problems: ['conflict'],
      idempotent: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      return await record(request, reply, 'lead', async (tx) => {
        const lead = await lockSeenLead(tx, principal, idOf(request))
        return lead && { leadId: lead.id, clientId: lead.client?.id ?? null }
      })
    }
  )

  /** Records the body's statement on whatever `lock` finds for this caller. */
  async function record(
    request: FastifyRequest<{ Body: Static<typeof ConsentInputSchema> }>,
    reply: FastifyReply,
    noun: 'client' | 'lead',
    lock: (tx: Transaction) => Promise<Pick<ConsentRecord, 'leadId' | 'clientId'> | null>
  ): Promise<never> {
    const principal = tenantOf(request)
    const statement = readStatement(request.body, now())
    return await createOnce({ db, now, principal }, request, reply, async (tx) => {
      const record = await lock(tx)
      if (!record) throw problems.notFound(noun)
      const made = { ...record, statement, origin: 'direct' as const, now: now() }
      const recorded = await recordConsent(tx, { ...made, actor: actorOf(principal) })
      if (!recorded) throw problems.conflict('There are too many statements on this record.')
      const location = `/v1/${noun}s/${idOf(request)}/consents`
      return { body: presentConsentRecord(recorded), location }
    })
  }
}

function momentOf({ at }: Static<typeof AtQuery>, now: Date): Date {
  return at === undefined ? now : new Date(at)
}

/** Given earlier, perhaps, but not later: what is to come was not said. */
function readStatement(body: Static<typeof ConsentInputSchema>, now: Date): Consent {
  const statement = readConsent(body)
  if (statement.givenAt === null) return statement
  const givenAt = new Date(statement.givenAt)
  if (givenAt > now) {
    throw problems.validation([{ pointer: '/givenAt', message: 'is in the future' }])
  }
  return { ...statement, givenAt: givenAt.toISOString() }
}
