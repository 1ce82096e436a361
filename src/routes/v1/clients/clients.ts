import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { clientName } from '../../../domain/clients/client.ts'
import { contactKeys } from '../../../domain/leads/contact.ts'
import { dealerOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { findClient, listClients, lockClient } from '../../../repositories/clients/clients.ts'
import { listLeads } from '../../../repositories/leads/leads.ts'
import { clientFilterQuery, readClientFilter } from '../../../schemas/clients/client-filter.ts'
import {
  ClientPageSchema,
  ClientSchema,
  CreateClientSchema,
  PatchClientSchema,
  patchClientContent,
  presentClient,
  readClient
} from '../../../schemas/clients/client.ts'
import { valueReading } from '../../../schemas/fields/custom-field.ts'
import { LeadPageSchema, presentLead } from '../../../schemas/leads/lead.ts'
import { IdParams, closed, newestFirst, pageQuery, ref } from '../../../schemas/shared.ts'
import { createClient } from '../../../use-cases/clients/create-client.ts'
import type { ClientRefusal } from '../../../use-cases/clients/create-client.ts'
import { changeClient } from '../../../use-cases/clients/update-client.ts'
import type { ClientChangeRefusal } from '../../../use-cases/clients/update-client.ts'
import { createOnce } from '../../../http/conventions.ts'
import { refuseCustomFields } from '../fields/field-refusals.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { changeOne, idOf, sendOne, sendPage } from '../../../http/resources.ts'
import { unknownUser } from '../access/user-refusals.ts'

const ClientQuery = Type.Object({ ...pageQuery, ...newestFirst, ...clientFilterQuery }, closed)

const ClientLeadsQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst
  },
  closed
)

/** People and organisations that leads were verified to be. */
export const clientRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.post(
    '/clients',
    operation({
      id: 'createClient',
      tag: 'Clients',
      summary: 'Add a client by hand',
      description:
        'Refused as `client-exists`, with the matches, where a client surely is this person already; ' +
        '`allowDuplicate` makes another all the same. A client needs a name, an e-mail address or a phone. ' +
        'An account that the caller does not see answers 404.',
      access: access.tenant('member', 'write'),
      body: ref(CreateClientSchema),
      answers: { 201: ref(ClientSchema, 'The client.') },
      problems: ['client-exists', 'not-found'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { body } = request
      const { country } = dealerOf(request)
      const content = readClient(body, country)
      if (clientName(content.contact) === null) throw namelessClient()
      const locks = contactKeys(content.contact)
      return await createOnce({ db, now, principal, locks }, request, reply, async (tx) => {
        const client = await createClient(tx, {
          principal,
          actor: actorOf(principal),
          content,
          source: body.source ?? null,
          responsibleUserId: body.responsibleUserId,
          accountId: body.accountId ?? null,
          fieldReading: valueReading(country),
          allowDuplicate: body.allowDuplicate ?? false,
          now: now()
        })
        if ('refusal' in client) throw refuseClient(client)
        const { id, version } = client
        return { body: presentClient(client), location: `/v1/clients/${id}`, version }
      })
    }
  )

  app.get(
    '/clients',
    operation({
      id: 'listClients',
      tag: 'Clients',
      summary: 'List clients',
      description: 'Newest first. Filters narrow the list; all given ones hold.',
      access: access.tenant('member', 'read'),
      query: ClientQuery,
      answers: { 200: ref(ClientPageSchema, 'A page of clients.') },
      paged: true
    }),
    async (request, reply) => {
      const filter = readClientFilter(request.query)
      return await sendPage(db, request, reply, {
        list: (tx, page, principal) => listClients(tx, principal, filter, page),
        present: presentClient
      })
    }
  )

  app.get(
    '/clients/:id',
    operation({
      id: 'getClient',
      tag: 'Clients',
      summary: 'Read a client',
      access: access.tenant('member', 'read'),
      params: IdParams,
      answers: { 200: ref(ClientSchema, 'The client.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'client',
        find: (tx, id, principal) => findClient(tx, principal, id),
        present: presentClient
      })
  )

  app.patch(
    '/clients/:id',
    operation({
      id: 'updateClient',
      tag: 'Clients',
      summary: 'Change a client',
      description: 'RFC 7396 merge patch. The source and the lead it was made from never change.',
      access: access.tenant('member', 'write'),
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(PatchClientSchema),
      answers: { 200: ref(ClientSchema, 'The client as it is now.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { body } = request
      const { country } = dealerOf(request)
      return await changeOne(db, request, reply, {
        noun: 'client',
        lock: (tx, id, principal) => lockClient(tx, principal, id),
        present: presentClient,
        change: async (tx, before, principal) => {
          const client = await changeClient(tx, before, {
            principal,
            actor: actorOf(principal),
            content: patchClientContent(before.content, body, country),
            responsibleUserId: body.responsibleUserId,
            accountId: body.accountId,
            fieldReading: valueReading(country),
            fields: Object.keys(body),
            now: now()
          })
          if ('refusal' in client) throw refuseClient(client)
          return client
        }
      })
    }
  )

  app.get(
    '/clients/:id/leads',
    operation({
      id: 'listClientLeads',
      tag: 'Clients',
      summary: "List a client's leads",
      description: 'Those that the caller sees, newest first. Deleted ones are left out.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: ClientLeadsQuery,
      answers: { 200: ref(LeadPageSchema, 'A page of leads.') },
      paged: true
    }),
    async (request, reply) =>
      await sendPage(db, request, reply, {
        list: async (tx, page, principal) => {
          const client = idOf(request)
          if (!(await findClient(tx, principal, client))) throw problems.notFound('client')
          return await listLeads(tx, principal, { client }, page)
        },
        present: presentLead
      })
  )
}

function refuseClient(refused: ClientRefusal | ClientChangeRefusal): Problem {
  switch (refused.refusal) {
    case 'unknown-source':
      return problems.validation([{ pointer: '/source', message: 'is not a known source' }])
    case 'unknown-user':
      return unknownUser()
    case 'unknown-account':
      return problems.notFound('account')
    case 'nameless':
      return namelessClient()
    case 'faulty-fields':
      return refuseCustomFields(refused.faults)
    case 'client-exists':
      return problems.clientExists(refused.matches)
  }
}

function namelessClient(): Problem {
  return problems.validation([
    { pointer: '/contact', message: 'needs a name, an e-mail address or a phone number' }
  ])
}
