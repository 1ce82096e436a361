import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'

import { hashSecret } from '../../../security/credentials.ts'
import type { Database } from '../../../database/client.ts'
import { driverError } from '../../../database/failures.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { problems } from '../../../http/problems.ts'
import {
  findDealerById,
  listDealers,
  lockDealer,
  updateDealer
} from '../../../repositories/dealers/dealers.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { findStoredResponse, storeResponse } from '../../../repositories/idempotency.ts'
import { readAddress } from '../../../schemas/leads/contact.ts'
import {
  CreateDealerSchema,
  CreatedDealerSchema,
  DealerPageSchema,
  DealerSchema,
  RenameDealerSchema,
  presentDealer
} from '../../../schemas/dealers/dealer.ts'
import { IdParams, closed, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import { createDealer, makePassword } from '../../../use-cases/dealers/create-dealer.ts'
import type { FoundedDealer, NewDealer } from '../../../use-cases/dealers/create-dealer.ts'
import { FieldCheck, readPhoneNumber } from '../../../http/checked-fields.ts'
import {
  checkVersion,
  idempotencyKeyOf,
  presentPage,
  readPage,
  setVersion,
  withoutPassword
} from '../../../http/conventions.ts'
import { checkDealerWords, checkSettings } from './dealer-input.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'

const OPERATOR: Actor = { type: 'operator', id: null }

/** Stands for the operator among those who send an `Idempotency-Key`: there is one, without an id. */
const OPERATOR_ID = '00000000-0000-0000-0000-000000000000'

const DealerQuery = Type.Object(
  { ...pageQuery, sort: Type.Optional(oneOf(['createdAt'], 'Oldest first.')) },
  closed
)

type Created = Static<typeof CreatedDealerSchema>

/** What the operator does with dealers: makes, lists and renames them, and sees no lead. */
export const dealersRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, passwords }
) => {
  app.post(
    '/dealers',
    operation({
      id: 'createDealer',
      tag: 'Operator',
      summary: 'Make a dealer',
      description:
        'With its owner, a status of each group, the usual sources and a default queue. Where the ' +
        "owner's password is missing, one is made and shown this once.",
      access: access.operator,
      body: ref(CreateDealerSchema),
      answers: { 201: ref(CreatedDealerSchema, 'The dealer, and its owner.') },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const incoming = readDealer(request.body)
      const given = request.body.owner.password
      const key = idempotencyKeyOf(request)
      const requestHash = hashSecret(JSON.stringify(request.body, withoutPassword))
      const before = key === null ? null : await findRepeat(db, incoming.slug, key, now())
      if (before) return sendRepeat(reply, before, requestHash)
      const password = given ?? makePassword()
      const passwordHash = await passwords.hash(password)
      const owner = { ...incoming.owner, passwordHash }
      try {
        const founded = await createDealer(
          db,
          { incoming: { ...incoming, owner }, actor: OPERATOR, now: now() },
          async (tx, made) => {
            if (key === null) return
            const response = present(made, owner)
            const answer = { operation: '/v1/dealers', requestHash, response }
            await storeResponse(tx, { principalId: OPERATOR_ID, key }, answer, now())
          }
        )
        request.log.info({ dealerId: founded.dealer.id }, 'dealer created')
        // The one that was made here; the caller knows their own.
        return send(reply, present(founded, owner, given === undefined ? password : null))
      } catch (error) {
        // Of two at the same moment, the slug lets one through; the other may be its repeat.
        if (key === null || driverError(error).constraint !== 'dealers_slug_key') throw error
        const first = await findRepeat(db, incoming.slug, key, now())
        if (!first) throw error
        return sendRepeat(reply, first, requestHash)
      }
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
      answers: { 200: ref(DealerPageSchema, 'A page of dealers.') },
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
      answers: { 200: ref(DealerSchema, 'The dealer.') },
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
      description: 'All else is for the dealer itself to change, at `/v1/dealer`.',
      access: access.operator,
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(RenameDealerSchema),
      answers: { 200: ref(DealerSchema, 'The dealer as it is now.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { id } = request.params
      const found = await db.operatorTransaction((tx) => findDealerById(tx, id))
      if (!found) throw problems.notFound('dealer')
      // In the dealer's own transaction, because its history tells of it.
      const dealer = await db.transaction(found.id, async (tx) => {
        const before = await lockDealer(tx, found.id)
        if (!before) throw problems.notFound('dealer')
        checkVersion(request, before.version)
        await recordEvents(tx, OPERATOR, now(), [
          {
            type: 'dealer.updated',
            subject: { type: 'dealer', id: before.id },
            data: { fields: Object.keys(request.body) }
          }
        ])
        return await updateDealer(tx, found.id, request.body, now())
      })
      setVersion(reply, dealer.version)
      return presentDealer(dealer)
    }
  )
}

function readDealer(
  body: Static<typeof CreateDealerSchema>
): Omit<NewDealer, 'owner'> & { owner: { name: string; email: string } } {
  const check = new FieldCheck()
  const words = checkDealerWords(check, body)
  const { name, slug, locale, timeZone, country, currency, email, url } = words
  const settings = checkSettings(check, body.settings ?? {})
  const ownerEmail = check.emailKey('/owner/email', body.owner.email)
  check.finish()
  return {
    name,
    slug,
    locale,
    timeZone,
    country,
    currency,
    settings,
    email: email ?? null,
    phone: readPhoneNumber(body.phone ?? null, country),
    url: url ?? null,
    address: body.address ? readAddress(body.address) : null,
    owner: { name: body.owner.name, email: ownerEmail }
  }
}

/** What the operator was answered under this key, kept with the dealer it made. */
async function findRepeat(db: Database, slug: string, key: string, now: Date) {
  const dealerId = await db.findDealerIdBySlug(slug)
  if (dealerId === null) return null
  return await db.transaction(dealerId, (tx) =>
    findStoredResponse(tx, { principalId: OPERATOR_ID, key }, now)
  )
}

function sendRepeat(
  reply: FastifyReply,
  before: { requestHash: string; response: unknown },
  requestHash: string
): never {
  if (before.requestHash !== requestHash) throw problems.idempotencyKeyReused()
  void reply.header('idempotent-replayed', 'true')
  return send(reply, before.response as Created)
}

function present(
  { dealer, ownerId }: FoundedDealer,
  { name, email }: { name: string; email: string },
  password: string | null = null
): Created {
  return { ...presentDealer(dealer), owner: { id: ownerId, name, email, password } }
}

function send(reply: FastifyReply, body: Created): never {
  setVersion(reply, 1)
  return reply.code(201).header('location', `/v1/dealers/${body.id}`).send(body) as never
}
