import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { PROMOTER_STATES } from '../../../domain/promoters/promoter.ts'
import { FieldCheck, readPhoneNumber } from '../../../http/checked-fields.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { dealerOf } from '../../../http/plugins/authentication.ts'
import { sendChanged, sendCreated, sendOne, sendPage } from '../../../http/resources.ts'
import { findPromoter, listPromoters } from '../../../repositories/promoters/promoters.ts'
import { EXAMPLE_CHANGED_AT, EXAMPLE_IDS } from '../../../schemas/example-ids.ts'
import {
  CreatePromoterSchema,
  PatchPromoterSchema,
  PromoterPageSchema,
  PromoterSchema,
  presentPromoter
} from '../../../schemas/promoters/promoter.ts'
import { NamedList, WordList } from '../../../schemas/named.ts'
import {
  IdParams,
  closed,
  newestFirst,
  pageQuery,
  ref,
  requiredText
} from '../../../schemas/shared.ts'
import { changePromoter } from '../../../use-cases/promoters/change-promoter.ts'
import { createPromoter } from '../../../use-cases/promoters/create-promoter.ts'

const PromoterQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    state: Type.Optional(WordList(PROMOTER_STATES)),
    user: Type.Optional(NamedList('user', 'The user who signed the promoter up.')),
    q: Type.Optional(
      requiredText(
        100,
        'The beginning of a word of the name, or the beginning of the e-mail address.'
      )
    )
  },
  closed
)

/** People who bring leads. Members see the promoters that they signed up. */
export const promoterRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain }
) => {
  app.post(
    '/promoters',
    operation({
      id: 'createPromoter',
      tag: 'Promoters',
      summary: 'Create a promoter',
      description:
        'The promoter belongs to a user. Members can name only themselves. Other callers can name any active user.',
      access: access.tenant('member', 'write'),
      body: ref(CreatePromoterSchema),
      responses: { 201: ref(PromoterSchema, 'The promoter.') },
      shows: { 201: { userId: EXAMPLE_IDS.user } },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const { email, phone = null, locale = null, ...details } = request.body
      const check = new FieldCheck()
      const address = typeof email === 'string' ? check.emailKey('/email', email) : null
      check.finish()
      const { country } = dealerOf(request)
      const contact = { email: address, phone: readPhoneNumber(phone, country), locale }
      return await sendCreated(request, reply, {
        now,
        create: (command) =>
          createPromoter(db, { ...command, promoter: { ...details, ...contact } }),
        present: presentPromoter,
        location: ({ id }) => `/v1/promoters/${id}`
      })
    }
  )

  app.get(
    '/promoters',
    operation({
      id: 'listPromoters',
      tag: 'Promoters',
      summary: 'List promoters',
      access: access.tenant('member', 'read'),
      query: PromoterQuery,
      responses: { 200: ref(PromoterPageSchema, 'A page of promoters.') },
      paged: true
    }),
    (request, reply) =>
      sendPage(db, request, reply, {
        list: (tx, page, principal) => {
          const { state, user, q } = request.query
          return listPromoters(tx, principal, { state, user, q }, page)
        },
        present: presentPromoter
      })
  )

  app.get(
    '/promoters/:id',
    operation({
      id: 'getPromoter',
      tag: 'Promoters',
      summary: 'Read a promoter',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(PromoterSchema, 'The promoter.') },
      problems: ['gone'],
      versioned: true
    }),
    (request, reply) =>
      sendOne(db, request, reply, {
        noun: 'promoter',
        isTold: true,
        find: (tx, id, principal) => findPromoter(tx, principal, id),
        present: presentPromoter
      })
  )

  app.patch(
    '/promoters/:id',
    operation({
      id: 'updatePromoter',
      tag: 'Promoters',
      summary: 'Change, approve or remove a promoter',
      description:
        'A removed promoter gets no more mail. The links and the page of the promoter ' +
        'remain available, and the user still gets the leads of the links. The first approval makes a ' +
        'promoter `active` and sends a welcome mail with the address of the promoter’s page. A pending ' +
        'promoter who is removed is refused, and gets a mail that says so. The promoter’s user is told ' +
        'of both, when another user decides. A new e-mail address ends an open invitation.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(PatchPromoterSchema),
      responses: { 200: ref(PromoterSchema, 'The changed promoter.') },
      shows: { 200: { removedAt: EXAMPLE_CHANGED_AT } },
      problems: ['already-exists'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { email, phone, ...details } = request.body
      const check = new FieldCheck()
      const address = typeof email === 'string' ? check.emailKey('/email', email) : email
      check.finish()
      const { country } = dealerOf(request)
      const change = {
        ...details,
        ...(address === undefined ? {} : { email: address }),
        ...(phone === undefined ? {} : { phone: readPhoneNumber(phone, country) })
      }
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          changePromoter(db, { ...command, mailDomain, promoterId: request.params.id, change }),
        present: presentPromoter
      })
    }
  )
}
