import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Transaction } from '../../../database/client.ts'
import { accountLock, accountNameKey } from '../../../domain/clients/account.ts'
import type { Account } from '../../../domain/clients/account.ts'
import { dealerOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import {
  findAccount,
  listAccounts,
  lockAccount,
  updateAccount
} from '../../../repositories/clients/accounts.ts'
import { listClients } from '../../../repositories/clients/clients.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
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
import {
  Id,
  IdParams,
  closed,
  createdPeriod,
  newestFirst,
  pageQuery,
  readInstant,
  ref
} from '../../../schemas/shared.ts'
import { createAccount } from '../../../use-cases/clients/create-account.ts'
import type { AccountRefusal } from '../../../use-cases/clients/create-account.ts'
import { isActiveUser } from '../../../use-cases/clients/create-client.ts'
import { checkAccountFields } from '../../../http/checked-fields.ts'
import { createOnce } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { changeOne, idOf, sendOne, sendPage } from '../../../http/resources.ts'
import { unknownUser } from '../access/user-refusals.ts'

const AccountQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    responsible: Type.Optional(Id("The responsible user's id.")),
    ...createdPeriod('Made'),
    q: Type.Optional(
      Type.String({
        minLength: 2,
        maxLength: 100,
        pattern: /\S/u.source,
        description: 'Beginning of the name, without case and accents.'
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
      summary: 'Add an account',
      description:
        'Refused as `account-exists`, with those of its `matches` that the caller sees, where there is ' +
        'an account of this name (without case, accents and punctuation); `allowDuplicate` makes ' +
        'another all the same.',
      access: access.tenant('member', 'write'),
      body: ref(CreateAccountSchema),
      answers: { 201: ref(AccountSchema, 'The account.') },
      problems: ['account-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { allowDuplicate = false, ...body } = request.body
      const content = readAccountContent(checkAccountFields(body, dealerOf(request).country))
      const name = body.name.trim()
      const locks = [accountLock(accountNameKey(name))]
      return await createOnce({ db, now, principal, locks }, request, reply, async (tx) => {
        const account = await createAccount(tx, {
          principal,
          actor: actorOf(principal),
          name,
          content,
          responsibleUserId: body.responsibleUserId,
          allowDuplicate,
          now: now()
        })
        if ('refusal' in account) throw refuseAccount(account)
        const { id, version } = account
        return { body: presentAccount(account), location: `/v1/accounts/${id}`, version }
      })
    }
  )

  app.get(
    '/accounts',
    operation({
      id: 'listAccounts',
      tag: 'Accounts',
      summary: 'List accounts',
      description: 'Newest first. Filters narrow the list; all given ones hold.',
      access: access.tenant('member', 'read'),
      query: AccountQuery,
      answers: { 200: ref(AccountPageSchema, 'A page of accounts.') },
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
      answers: { 200: ref(AccountSchema, 'The account.') },
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
      description:
        'RFC 7396 merge patch. A new name may be one that another account has: nothing is refused.',
      access: access.tenant('member', 'write'),
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(PatchAccountSchema),
      answers: { 200: ref(AccountSchema, 'The account as it is now.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const patch = checkAccountFields(request.body, dealerOf(request).country)
      return await changeOne(db, request, reply, {
        noun: 'account',
        lock: (tx, id, principal) => lockAccount(tx, principal, id),
        present: presentAccount,
        change: async (tx, before, principal) => {
          const account = await changeAccount(tx, before, patch, now())
          await recordEvents(tx, actorOf(principal), now(), [
            {
              type: 'account.updated',
              subject: { type: 'account', id: account.id },
              data: { fields: Object.keys(patch) }
            }
          ])
          return account
        }
      })
    }
  )

  app.get(
    '/accounts/:id/clients',
    operation({
      id: 'listAccountClients',
      tag: 'Accounts',
      summary: "List an account's clients",
      description: 'Those that the caller sees, newest first.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: AccountClientsQuery,
      answers: { 200: ref(ClientPageSchema, 'A page of clients.') },
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

type Patch = Static<typeof PatchAccountSchema>

async function changeAccount(
  tx: Transaction,
  before: Account,
  patch: Patch,
  now: Date
): Promise<Account> {
  const { name, responsibleUserId } = patch
  if (typeof responsibleUserId === 'string' && !(await isActiveUser(tx, responsibleUserId))) {
    throw unknownUser()
  }
  return await updateAccount(
    tx,
    before.id,
    {
      content: patchAccountContent(before.content, patch),
      ...(name === undefined ? {} : { name: name.trim() }),
      ...(responsibleUserId === undefined ? {} : { responsibleUserId })
    },
    now
  )
}

function refuseAccount(refused: AccountRefusal): Problem {
  return refused.refusal === 'unknown-user'
    ? unknownUser()
    : problems.accountExists(refused.matches)
}
