import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Locale } from '../../../domain/dealers/dealer.ts'
import type { Client, ClientContent } from '../../../domain/clients/client.ts'
import type { UnmappedValue } from '../../../domain/leads/lead.ts'
import { dealerOf, localeOf } from '../../../http/plugins/authentication.ts'
import { findClient, listClients } from '../../../repositories/clients/clients.ts'
import { EXAMPLE_IDS } from '../../../schemas/example-ids.ts'
import { clientFilterQuery, readClientFilter } from '../../../schemas/clients/client-filter.ts'
import {
  CLIENT_FIELDS,
  ClientPageSchema,
  ClientSchema,
  CreateClientSchema,
  PatchClientSchema,
  SavedClientSchema,
  SparseClientPageSchema,
  SparseClientSchema,
  patchClientContent,
  presentSavedClient,
  readClient
} from '../../../schemas/clients/client.ts'
import { valueParsers } from '../../../schemas/fields/custom-field.ts'
import { IdParams, closed, pageQuery, ref } from '../../../schemas/shared.ts'
import { newestChangedOrBestFirst } from '../../../schemas/relevance.ts'
import { fieldsQuery, wholeOrSparse } from '../../../schemas/sparse.ts'
import { changeClient } from '../../../use-cases/clients/change-client.ts'
import { createClient } from '../../../use-cases/clients/create-client.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendChanged, sendCreated, sendOne, sendPage } from '../../../http/resources.ts'
import { pageWithFields, readFields, withFields } from '../../../http/sparse-records.ts'
import {
  expandClients,
  expandClientsQuery,
  presentExpandedClient,
  readClientExpand
} from './expand-clients.ts'
import type { ClientRecords } from './expand-clients.ts'

const FIELDS_EXAMPLE = 'name,responsibleUser'

const ClientQuery = Type.Object(
  {
    ...pageQuery,
    ...newestChangedOrBestFirst(
      'Removed and merged clients are told by events `client.removed` and `client.merged`.'
    ),
    ...clientFilterQuery,
    ...expandClientsQuery,
    ...fieldsQuery(CLIENT_FIELDS, FIELDS_EXAMPLE)
  },
  closed
)

const OneClientQuery = Type.Object(
  { ...expandClientsQuery, ...fieldsQuery(CLIENT_FIELDS, FIELDS_EXAMPLE) },
  closed
)

/** Clients: people and organisations. */
export const clientRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain }
) => {
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
      shows: {
        201: {
          source: { id: EXAMPLE_IDS.walkIn, key: 'walk-in', name: 'Walk-in' },
          account: null,
          createdFromLead: null
        }
      },
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
            sourceId: body.source ?? null,
            responsibleUserId: body.responsibleUserId,
            accountId: body.accountId ?? null,
            fieldParsers: valueParsers(country),
            allowDuplicate: body.allowDuplicate ?? false,
            mailDomain
          }),
        present: (client: Client, locale: Locale) => presentSavedClient(client, repairs, locale),
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
      responses: {
        200: wholeOrSparse(ClientPageSchema, SparseClientPageSchema, 'A page of clients.')
      },
      paged: true
    }),
    async (request, reply) => {
      const filter = readClientFilter(request.query)
      const asked = readAsked(request.query)
      let expansion: ClientRecords = { words: asked.words, records: new Map() }
      const clients = await sendPage(db, request, reply, {
        list: async (tx, page, principal) => {
          const found = await listClients(tx, principal, filter, page)
          const locale = localeOf(request)
          const wanted = { clients: found.data, words: asked.words, locale }
          expansion = await expandClients(tx, principal, wanted)
          return found
        },
        present: (client) => withFields(presentExpandedClient(client, expansion), asked.fields)
      })
      return pageWithFields(clients, asked.fields)
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
      query: OneClientQuery,
      responses: { 200: wholeOrSparse(ClientSchema, SparseClientSchema, 'The client.') },
      versioned: true
    }),
    async (request, reply) => {
      const asked = readAsked(request.query)
      let expansion: ClientRecords = { words: asked.words, records: new Map() }
      return await sendOne(db, request, reply, {
        noun: 'client',
        find: async (tx, id, principal) => {
          const client = await findClient(tx, principal, id)
          if (!client) return null
          const locale = localeOf(request)
          const wanted = { clients: [client], words: asked.words, locale }
          expansion = await expandClients(tx, principal, wanted)
          return client
        },
        present: (client) => withFields(presentExpandedClient(client, expansion), asked.fields)
      })
    }
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
            fields: Object.keys(body),
            mailDomain
          }),
        present: (client, locale) => presentSavedClient(client, repairs, locale)
      })
    }
  )
}

/** The records and members that a request asks for. */
function readAsked({ expand, fields }: { expand?: string; fields?: string }) {
  return { words: readClientExpand(expand), fields: readFields(fields, CLIENT_FIELDS) }
}
