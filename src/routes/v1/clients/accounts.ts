import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { dealerOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { findAccount, listAccounts } from '../../../repositories/clients/accounts.ts'
import { listClients } from '../../../repositories/clients/clients.ts'
import {
  AccountPageSchema,
  AccountSchema,
  CreateAccountSchema,
  PatchAccountSchema,
  patchAccountContent,
  presentAccount,
  readAccountContent
} from '../../../schemas/clients/account.ts'
import { ClientPageSchema, presentClient } from '../../../schemas/clients/client.ts'
import { NamedList } from '../../../schemas/named.ts'
import {
  IdParams,
  closed,
  createdPeriod,
  newestFirst,
  pageQuery,
  readInstant,
  ref
} from '../../../schemas/shared.ts'
import { changeAccount } from '../../../use-cases/clients/change-account.ts'
import { createAccount } from '../../../use-cases/clients/create-account.ts'
import { checkAccountFields } from '../../../http/checked-fields.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { idOf, sendChanged, sendCreated, sendOne, sendPage } from '../../../http/resources.ts'

const AccountQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    responsible: Type.Optional(NamedList('user', 'The responsible user.')),
    ...createdPeriod('accounts created'),
    q: Type.Optional(
      Type.String({
        minLength: 2,
        maxLength: 100,
        pattern: /\S/u.source,
        description: 'The beginning of the name. Case and accents are ignored.'
      })
    )
  },
  closed
)

const AccountClientsQuery = Type.Object({ ...pageQuery, ...newestFirst }, closed)

/** Companies that clients belong to. */
export const accountRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.post(
    '/accounts',
    operation({
      id: 'createAccount',
      tag: 'Accounts',
      summary: 'Create an account',
      description:
        'The problem `account-exists` means that an account with this name exists. The ' +
        'comparison ignores case, accents and punctuation. `matches` lists those accounts ' +
        'that the caller sees. `allowDuplicate` creates the account anyway.',
      access: access.tenant('member', 'write'),
      body: ref(CreateAccountSchema),
      responses: { 201: ref(AccountSchema, 'The account.') },
      problems: ['account-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const { allowDuplicate = false, ...body } = request.body
      const content = readAccountContent(checkAccountFields(body, dealerOf(request).country))
      const { responsibleUserId } = body
      const name = body.name.trim()
      return await sendCreated(request, reply, {
        now,
        create: (command) =>
          createAccount(db, { ...command, name, content, responsibleUserId, allowDuplicate }),
        present: presentAccount,
        location: (account) => `/v1/accounts/${account.id}`
      })
    }
  )

  app.get(
    '/accounts',
    operation({
      id: 'listAccounts',
      tag: 'Accounts',
      summary: 'List accounts',
      description: 'An account is listed when it passes all given filters.',
      access: access.tenant('member', 'read'),
      query: AccountQuery,
      responses: { 200: ref(AccountPageSchema, 'A page of accounts.') },
      paged: true
    }),
    async (request, reply) => {
      const { responsible, createdFrom, createdTo, q } = request.query
      const filter = {
        responsible,
        q,
        createdFrom: readInstant(createdFrom),
        createdTo: readInstant(createdTo)
      }
      return await sendPage(db, request, reply, {
        list: (tx, page, principal) => listAccounts(tx, principal, filter, page),
        present: presentAccount
      })
    }
  )

  app.get(
    '/accounts/:id',
    operation({
      id: 'getAccount',
      tag: 'Accounts',
      summary: 'Read an account',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(AccountSchema, 'The account.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'account',
        find: (tx, id, principal) => findAccount(tx, principal, id),
        present: presentAccount
      })
  )

  app.patch(
    '/accounts/:id',
    operation({
      id: 'updateAccount',
      tag: 'Accounts',
      summary: 'Change an account',
      description: 'RFC 7396 merge patch. Several accounts can have the same name.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(PatchAccountSchema),
      responses: { 200: ref(AccountSchema, 'The changed account.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const patch = checkAccountFields(request.body, dealerOf(request).country)
      const { name, responsibleUserId } = patch
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeAccount(db, {
            ...command,
            accountId: request.params.id,
            change: (before) => ({
              content: patchAccountContent(before.content, patch),
              ...(name === undefined ? {} : { name: name.trim() }),
              ...(responsibleUserId === undefined ? {} : { responsibleUserId })
            }),
            fields: Object.keys(patch)
          }),
        present: presentAccount
      })
    }
  )

  app.get(
    '/accounts/:id/clients',
    operation({
      id: 'listAccountClients',
      tag: 'Accounts',
      summary: "List an account's clients",
      description: 'The list has the clients that the caller sees, newest first.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: AccountClientsQuery,
      responses: { 200: ref(ClientPageSchema, 'A page of clients.') },
      paged: true
    }),
    async (request, reply) =>
      await sendPage(db, request, reply, {
        list: async (tx, page, principal) => {
          const account = idOf(request)
          if (!(await findAccount(tx, principal, account))) throw problems.notFound('account')
          return await listClients(tx, principal, { account }, page)
        },
        present: presentClient
      })
  )
}
