import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Transaction } from '../../../database/client.ts'
import { seesAll } from '../../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { PROMOTER_STATES, changeState } from '../../../domain/promoters/promoter.ts'
import type { Promoter } from '../../../domain/promoters/promoter.ts'
import { newId } from '../../../ids.ts'
import { dealerOf, tenantOf } from '../../../plugins/authentication.ts'
import { problems } from '../../../problems.ts'
import { recordEvents } from '../../../repositories/events.ts'
import {
  findPromoter,
  insertPromoter,
  listPromoters,
  lockPromoter,
  updatePromoter
} from '../../../repositories/promoters/promoters.ts'
import { findUser } from '../../../repositories/access/users.ts'
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
  oneOf,
  pageQuery,
  ref,
  requiredText
} from '../../../schemas/shared.ts'
import { FieldCheck, readPhoneNumber } from '../../checked-fields.ts'
import {
  actorOf,
  checkVersion,
  createOnce,
  presentPage,
  readPage,
  setVersion
} from '../../conventions.ts'
import { access, operation } from '../../operation.ts'
import type { RouteOptions } from '../../options.ts'

const PromoterQuery = Type.Object(
  {
    ...pageQuery,
    sort: Type.Optional(oneOf(['-createdAt', 'createdAt'], 'Default: newest first.')),
    state: Type.Optional(oneOf(PROMOTER_STATES)),
    user: Type.Optional(Id('Who signed them up.')),
    q: Type.Optional(
      requiredText(100, 'Beginning of a word of the name, or of the e-mail address.')
    )
  },
  closed
)

/** People who bring leads. Members see those they signed up. */
export const promoterRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
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
          userId: await chooseUser(tx, principal, body.userId),
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
    async (request, reply) => {
      const principal = tenantOf(request)
      const { state, user, q } = request.query
      const page = await db.transaction(principal.dealerId, (tx) =>
        listPromoters(tx, principal, { state, user, q }, readPage(request.query))
      )
      return presentPage(request, reply, page, presentPromoter)
    }
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
    async (request, reply) => {
      const principal = tenantOf(request)
      const promoter = await db.transaction(principal.dealerId, (tx) =>
        findPromoter(tx, principal, request.params.id)
      )
      if (!promoter) throw problems.notFound('promoter')
      setVersion(reply, promoter.version)
      return presentPromoter(promoter)
    }
  )

  app.patch(
    '/promoters/:id',
    operation({
      id: 'updatePromoter',
      tag: 'Promoters',
      summary: 'Change, approve or remove a promoter',
      description:
        'A removed promoter gets no more mail, but their links stay live, and leads through them go ' +
        'on to the user.',
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
      const principal = tenantOf(request)
      const { id } = request.params
      const { email, phone, state, ...words } = request.body
      const check = new FieldCheck()
      const address = typeof email === 'string' ? check.emailKey('/email', email) : email
      check.finish()
      const { country } = dealerOf(request)
      const promoter = await db.transaction(principal.dealerId, async (tx) => {
        const before = await lockPromoter(tx, principal, id)
        if (!before) throw problems.notFound('promoter')
        checkVersion(request, before.version)
        await recordEvents(tx, actorOf(principal), now(), [
          {
            type: 'promoter.updated',
            subject: { type: 'promoter', id },
            data: { fields: Object.keys(request.body), ...(state === undefined ? {} : { state }) }
          }
        ])
        const change = {
          ...words,
          ...(address === undefined ? {} : { email: address }),
          ...(phone === undefined ? {} : { phone: readPhoneNumber(phone, country) }),
          ...(state === undefined ? {} : changeState(before, state, now()))
        }
        return await updatePromoter(tx, id, change, now())
      })
      setVersion(reply, promoter.version)
      return presentPromoter(promoter)
    }
  )
}

/** Under whom a promoter is signed up: of a member, under themselves. */
async function chooseUser(
  tx: Transaction,
  principal: TenantPrincipal,
  wanted: string | null | undefined
): Promise<string | null> {
  if (!seesAll(principal)) {
    if (wanted !== undefined && wanted !== principal.id) {
      throw problems.forbidden('Members sign up promoters of their own.')
    }
    return principal.id
  }
  if (wanted === undefined || wanted === null) return null
  const user = await findUser(tx, wanted)
  if (user?.active !== true) {
    throw problems.validation([{ pointer: '/userId', message: 'is not an active user' }])
  }
  return user.id
}
