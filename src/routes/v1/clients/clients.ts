import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Client, ClientContent } from '../../../domain/clients/client.ts'
import type { UnmappedValue } from '../../../domain/leads/lead.ts'
import { dealerOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { findClient, listClients } from '../../../repositories/clients/clients.ts'
import { listLeads } from '../../../repositories/leads/leads.ts'
import { clientFilterQuery, readClientFilter } from '../../../schemas/clients/client-filter.ts'
import {
  ClientPageSchema,
  ClientSchema,
  CreateClientSchema,
  PatchClientSchema,
  SavedClientSchema,
  patchClientContent,
  presentClient,
  presentSavedClient,
  readClient
} from '../../../schemas/clients/client.ts'
import { valueParsers } from '../../../schemas/fields/custom-field.ts'
import { LeadPageSchema, presentLead } from '../../../schemas/leads/lead.ts'
import {
  IdParams,
  closed,
  newestFirst,
  newestOrChangedFirst,
  pageQuery,
  readInstant,
  ref,
  updatedPeriod
} from '../../../schemas/shared.ts'
import { changeClient } from '../../../use-cases/clients/change-client.ts'
import { createClient } from '../../../use-cases/clients/create-client.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { idOf, sendChanged, sendCreated, sendOne, sendPage } from '../../../http/resources.ts'

const ClientQuery = Type.Object(
  {
    ...pageQuery,
    ...newestOrChangedFirst(
      'Removed and merged clients are told by events `client.removed` and `client.merged`.'
    ),
    ...clientFilterQuery,
    ...updatedPeriod('clients')
  },
  closed
)

const ClientLeadsQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst
  },
  closed
)

/** Clients: people and organisations. */
export const clientRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.post(
    '/clients',
    operation({
      id: 'createClient',
      tag: 'Clients',
      summary: 'Create a client',
      description:
        'The problem `client-exists` means that a client is surely the same person. It ' +
        'lists the matches. `allowDuplicate` creates the client anyway. A client needs a ' +
        'name, an e-mail address or a phone number. The response is 404 when the caller ' +
        'does not see the account.',
      access: access.tenant('member', 'write'),
      body: ref(CreateClientSchema),
      responses: { 201: ref(SavedClientSchema, 'The client.') },
      problems: ['client-exists', 'not-found'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const { body } = request
      const { country } = dealerOf(request)
      const { content, repairs } = readClient(body, country)
      return await sendCreated(request, reply, {
        now,
        create: (command) =>
          createClient(db, {
            ...command,
            content,
            source: body.source ?? null,
            responsibleUserId: body.responsibleUserId,
            accountId: body.accountId ?? null,
            fieldParsers: valueParsers(country),
            allowDuplicate: body.allowDuplicate ?? false
          }),
        present: (client: Client) => presentSavedClient(client, repairs),
        location: (client) => `/v1/clients/${client.id}`
      })
    }
  )

  app.get(
    '/clients',
    operation({
      id: 'listClients',
      tag: 'Clients',
      summary: 'List clients',
      description: 'A client is listed when it passes all given filters.',
      access: access.tenant('member', 'read'),
      query: ClientQuery,
      responses: { 200: ref(ClientPageSchema, 'A page of clients.') },
      paged: true
    }),
    async (request, reply) => {
      const { updatedFrom, updatedTo } = request.query
      const filter = {
        ...readClientFilter(request.query),
        updatedFrom: readInstant(updatedFrom),
        updatedTo: readInstant(updatedTo)
      }
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
      responses: { 200: ref(ClientSchema, 'The client.') },
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
      description: 'RFC 7396 merge patch. The source and `createdFromLead` can’t change.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(PatchClientSchema),
      responses: { 200: ref(SavedClientSchema, 'The changed client.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { body } = request
      const { country } = dealerOf(request)
      let repairs: UnmappedValue[] = []
      const change = (before: ClientContent) => {
        const patched = patchClientContent(before, body, country)
        repairs = patched.repairs
        return patched.content
      }
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeClient(db, {
            ...command,
            clientId: request.params.id,
            change,
            responsibleUserId: body.responsibleUserId,
            accountId: body.accountId,
            fieldParsers: valueParsers(country),
            fields: Object.keys(body)
          }),
        present: (client) => presentSavedClient(client, repairs)
      })
    }
  )

  app.get(
    '/clients/:id/leads',
    operation({
      id: 'listClientLeads',
      tag: 'Clients',
      summary: "List a client's leads",
      description:
        'The list has the leads that the caller sees, newest first. Deleted leads are not ' +
        'listed.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: ClientLeadsQuery,
      responses: { 200: ref(LeadPageSchema, 'A page of leads.') },
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
