import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { PROMOTER_STATES } from '../../../domain/promoters/promoter.ts'
import type { Promoter } from '../../../domain/promoters/promoter.ts'
import { newId } from '../../../ids.ts'
import { dealerOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import {
  findPromoter,
  insertPromoter,
  listPromoters,
  lockPromoter
} from '../../../repositories/promoters/promoters.ts'
import {
  CreatePromoterSchema,
  PatchPromoterSchema,
  PromoterPageSchema,
  PromoterSchema,
  presentPromoter
} from '../../../schemas/promoters/promoter.ts'
import {
  Id,
  IdParams,
  closed,
  newestFirst,
  oneOf,
  pageQuery,
  ref,
  requiredText
} from '../../../schemas/shared.ts'
import { changePromoter } from '../../../use-cases/promoters/change-promoter.ts'
import { FieldCheck, readPhoneNumber } from '../../../http/checked-fields.ts'
import { createOnce } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { changeOne, sendOne, sendPage } from '../../../http/resources.ts'
import { chooseSponsor } from './sponsor.ts'

const PromoterQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    state: Type.Optional(oneOf(PROMOTER_STATES)),
    user: Type.Optional(Id('Who signed them up.')),
    q: Type.Optional(
      requiredText(100, 'Beginning of a word of the name, or of the e-mail address.')
    )
  },
  closed
)

/** People who bring leads. Members see those they signed up. */
export const promoterRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain }
) => {
  app.post(
    '/promoters',
    operation({
      id: 'createPromoter',
      tag: 'Promoters',
      summary: 'Sign up a promoter',
      description: 'A member signs up promoters of their own; others may name any active user.',
      access: access.tenant('member', 'write'),
      body: ref(CreatePromoterSchema),
      answers: { 201: ref(PromoterSchema, 'The promoter.') },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { body } = request
      const check = new FieldCheck()
      const email = typeof body.email === 'string' ? check.emailKey('/email', body.email) : null
      check.finish()
      const { country } = dealerOf(request)
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        const at = now()
        const promoter: Promoter = {
          id: newId(),
          name: body.name,
          email,
          phone: readPhoneNumber(body.phone ?? null, country),
          locale: body.locale ?? null,
          userId: await chooseSponsor(tx, principal, body.userId),
          state: 'active',
          removedAt: null,
          version: 1,
          createdAt: at,
          updatedAt: at
        }
        await insertPromoter(tx, promoter)
        await recordEvents(tx, actorOf(principal), at, [
          {
            type: 'promoter.created',
            subject: { type: 'promoter', id: promoter.id },
            data: { state: promoter.state, userId: promoter.userId }
          }
        ])
        const location = `/v1/promoters/${promoter.id}`
        return { body: presentPromoter(promoter), location, version: 1 }
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
      answers: { 200: ref(PromoterPageSchema, 'A page of promoters.') },
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
      answers: { 200: ref(PromoterSchema, 'The promoter.') },
      versioned: true
    }),
    (request, reply) =>
      sendOne(db, request, reply, {
        noun: 'promoter',
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
        'A removed promoter gets no more mail, but their links and their page stay live, and leads ' +
        'through them go on to the user. Whoever is approved after signing up is welcomed by mail, with ' +
        'the address of a page of their own. A new e-mail address ends an invitation.',
      access: access.tenant('member', 'write'),
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(PatchPromoterSchema),
      answers: { 200: ref(PromoterSchema, 'The promoter as they are now.') },
      problems: ['already-exists'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { email, phone, ...words } = request.body
      const check = new FieldCheck()
      const address = typeof email === 'string' ? check.emailKey('/email', email) : email
      check.finish()
      const { country } = dealerOf(request)
      const change = {
        ...words,
        ...(address === undefined ? {} : { email: address }),
        ...(phone === undefined ? {} : { phone: readPhoneNumber(phone, country) })
      }
      return await changeOne(db, request, reply, {
        noun: 'promoter',
        lock: (tx, id, principal) => lockPromoter(tx, principal, id),
        change: (tx, before, principal) =>
          changePromoter(tx, before, change, {
            actor: actorOf(principal),
            mailDomain,
            now: now()
          }),
        present: presentPromoter
      })
    }
  )
}
