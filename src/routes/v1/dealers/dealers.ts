import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { OperatorPrincipal } from '../../../domain/access/permissions.ts'
import { FieldCheck, readPhoneNumber } from '../../../http/checked-fields.ts'
import {
  presentPage,
  readExpectedVersions,
  readIdempotency,
  readPage,
  setVersion
} from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { problems } from '../../../http/problems.ts'
import { accept, sendCreation, sendReplay } from '../../../http/resources.ts'
import { findDealerById, listDealers } from '../../../repositories/dealers/dealers.ts'
import {
  CreateDealerSchema,
  CreatedDealerSchema,
  DealerPageSchema,
  DealerSchema,
  RenameDealerSchema,
  presentDealer
} from '../../../schemas/dealers/dealer.ts'
import { readAddress } from '../../../schemas/leads/contact.ts'
import { IdParams, closed, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import type { StoredResponse } from '../../../use-cases/command.ts'
import { createDealer } from '../../../use-cases/dealers/create-dealer.ts'
import type { CreateDealer, CreatedDealer } from '../../../use-cases/dealers/create-dealer.ts'
import { renameDealer } from '../../../use-cases/dealers/rename-dealer.ts'
import { checkDealerInput, checkSettings } from './dealer-input.ts'

const OPERATOR: OperatorPrincipal = { kind: 'operator' }

const DealerQuery = Type.Object(
  { ...pageQuery, sort: Type.Optional(oneOf(['createdAt'], 'Default: oldest first.')) },
  closed
)

type Created = Static<typeof CreatedDealerSchema>

/** The operator creates, lists and renames dealers, and sees no lead. */
export const dealersRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, passwords }
) => {
  app.post(
    '/dealers',
    operation({
      id: 'createDealer',
      tag: 'Operator',
      summary: 'Create a dealer',
      description:
        'Creates the dealer with its owner, a status of each group, the usual sources and a ' +
        'default queue. Without a password for the owner, the response has a new one, which ' +
        'is not shown again.',
      access: access.operator,
      body: ref(CreateDealerSchema),
      responses: { 201: ref(CreatedDealerSchema, 'The dealer and its owner.') },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const created = accept(
        await createDealer(db, {
          principal: OPERATOR,
          now: now(),
          ...readDealer(request.body),
          passwords,
          idempotency: readIdempotency(request, (done: CreatedDealer) =>
            respond({ ...done, madePassword: null })
          )
        })
      )
      if ('replay' in created) return sendReplay(reply, created) as Created
      request.log.info({ dealerId: created.done.dealer.id }, 'dealer created')
      return sendCreation(reply, respond(created.done))
    }
  )

  app.get(
    '/dealers',
    operation({
      id: 'listDealers',
      tag: 'Operator',
      summary: 'List dealers',
      access: access.operator,
      query: DealerQuery,
      responses: { 200: ref(DealerPageSchema, 'A page of dealers.') },
      paged: true
    }),
    async (request, reply) => {
      const { limit, after } = readPage(request.query, 'createdAt')
      const { data, nextId } = await db.operatorTransaction((tx) =>
        listDealers(tx, { limit, afterId: after?.id ?? null })
      )
      const last = data.at(-1)
      const next = nextId !== null && last ? { at: last.createdAt, id: nextId } : null
      return presentPage(request, reply, { data, next }, presentDealer, 'createdAt')
    }
  )

  app.get(
    '/dealers/:id',
    operation({
      id: 'getDealerById',
      tag: 'Operator',
      summary: 'Read any dealer',
      access: access.operator,
      params: IdParams,
      responses: { 200: ref(DealerSchema, 'The dealer.') },
      versioned: true
    }),
    async (request, reply) => {
      const dealer = await db.operatorTransaction((tx) => findDealerById(tx, request.params.id))
      if (!dealer) throw problems.notFound('dealer')
      setVersion(reply, dealer.version)
      return presentDealer(dealer)
    }
  )

  app.patch(
    '/dealers/:id',
    operation({
      id: 'renameDealer',
      tag: 'Operator',
      summary: 'Rename any dealer',
      description: 'The dealer changes its other data with `PATCH /v1/dealer`.',
      access: access.operator,
      params: IdParams,
      body: ref(RenameDealerSchema),
      responses: { 200: ref(DealerSchema, 'The changed dealer.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const dealer = accept(
        await renameDealer(db, {
          principal: OPERATOR,
          now: now(),
          expectedVersions: readExpectedVersions(request),
          dealerId: request.params.id,
          change: request.body
        })
      )
      setVersion(reply, dealer.version)
      return presentDealer(dealer)
    }
  )
}

function readDealer(
  body: Static<typeof CreateDealerSchema>
): Pick<CreateDealer, 'incoming' | 'owner'> {
  const check = new FieldCheck()
  const input = checkDealerInput(check, body)
  const { name, slug, locale, timeZone, country, currency, email = null, url = null } = input
  const settings = checkSettings(check, body.settings ?? {})
  const { name: ownerName, password = null } = body.owner
  const owner = {
    name: ownerName,
    email: check.emailKey('/owner/email', body.owner.email),
    password
  }
  check.finish()
  const phone = readPhoneNumber(body.phone ?? null, country)
  const address = body.address ? readAddress(body.address) : null
  const basics = { name, slug, locale, timeZone, country, currency }
  return { incoming: { ...basics, settings, email, phone, url, address }, owner }
}

function respond({ dealer, ownerId, owner, madePassword }: CreatedDealer): StoredResponse<Created> {
  return {
    body: { ...presentDealer(dealer), owner: { id: ownerId, ...owner, password: madePassword } },
    location: `/v1/dealers/${dealer.id}`,
    version: dealer.version
  }
}
