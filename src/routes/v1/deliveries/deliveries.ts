import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Transaction } from '../../../database/client.ts'
import { DELIVERY_PURPOSES, DELIVERY_STATES } from '../../../domain/deliveries/delivery.ts'
import type { Delivery } from '../../../domain/deliveries/delivery.ts'
import { mayUse } from '../../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { findDelivery, listDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { findAttempts, findMessage } from '../../../repositories/deliveries/delivery-attempts.ts'
import {
  DeliveryMessage,
  DeliveryPageSchema,
  DeliverySchema,
  DeliveryWithAttemptsPageSchema,
  DeliveryWithAttemptsSchema,
  mediaTypeOf,
  presentDelivery,
  presentDeliveryWithAttempts
} from '../../../schemas/deliveries/delivery.ts'
import { Id, IdParams, closed, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import { retryDelivery } from '../../../use-cases/deliveries/retry-delivery.ts'
import { checkVersion, setVersion } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { ofSeenLead, sendOne, sendPage } from '../../../http/resources.ts'

const sort = Type.Optional(oneOf(['-createdAt', 'createdAt'], 'Default: newest first.'))
const state = Type.Optional(oneOf(DELIVERY_STATES))
const purpose = Type.Optional(oneOf(DELIVERY_PURPOSES))

const DeliveryQuery = Type.Object(
  { ...pageQuery, sort, state, purpose, leadId: Type.Optional(Id()) },
  closed
)
const LeadDeliveryQuery = Type.Object({ ...pageQuery, sort, state, purpose }, closed)

/** What is owed to whom, and what became of it. */
export const deliveryRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.get(
    '/deliveries',
    operation({
      id: 'listDeliveries',
      tag: 'Deliveries',
      summary: 'List deliveries',
      description: 'Of the leads and promoters you see.',
      access: access.tenant('member', 'read'),
      query: DeliveryQuery,
      answers: { 200: ref(DeliveryPageSchema, 'A page of deliveries.') },
      paged: true
    }),
    async (request, reply) =>
      await sendPage(db, request, reply, {
        list: (tx, page, principal) => listDeliveries(tx, principal, request.query, page),
        present: presentDelivery
      })
  )

  app.get(
    '/deliveries/:id',
    operation({
      id: 'getDelivery',
      tag: 'Deliveries',
      summary: 'Read a delivery with all its attempts',
      access: access.tenant('member', 'read'),
      params: IdParams,
      answers: { 200: ref(DeliveryWithAttemptsSchema, 'The delivery.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'delivery',
        find: async (tx, id, principal) => {
          const found = await findDelivery(tx, principal, id)
          const [delivery] = found ? await withAttempts(tx, [found]) : []
          return delivery ?? null
        },
        present: (delivery) => delivery
      })
  )

  app.get(
    '/deliveries/:id/message',
    operation({
      id: 'getDeliveryMessage',
      tag: 'Deliveries',
      summary: 'Read the message of a delivery',
      description:
        'The message as every attempt sends it. It is composed for the first attempt; before, and ' +
        'where none was made, the answer is 404. What holds a promoter’s secret needs `write`.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      answers: { 200: DeliveryMessage }
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { id } = request.params
      const { delivery, message } = await db.transaction(principal.dealerId, async (tx) => {
        const delivery = await findDelivery(tx, principal, id)
        if (delivery && !mayReadMessage(principal, delivery)) {
          throw problems.forbidden('It holds a secret by which to act for a promoter.')
        }
        return { delivery, message: delivery && (await findMessage(tx, id)) }
      })
      if (delivery === null || message === null) throw problems.notFound('message')
      return await reply.type(mediaTypeOf(delivery)).send(Buffer.from(message, 'utf8'))
    }
  )

  app.post(
    '/deliveries/:id/retry',
    operation({
      id: 'retryDelivery',
      tag: 'Deliveries',
      summary: 'Send a delivery now',
      description:
        'One that waits for its next attempt is tried now; one that failed gets a new round of ' +
        'attempts, with the same message and Message-ID. What is sent or cancelled answers 409.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      answers: { 200: ref(DeliverySchema, 'The delivery as it is now.') },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const delivery = await retryDelivery(db, {
        principal,
        actor: actorOf(principal),
        deliveryId: request.params.id,
        checkVersion: (version) => {
          checkVersion(request, version)
        },
        now: now()
      })
      if (delivery === null) throw problems.notFound('delivery')
      if (delivery === 'done') {
        throw problems.conflict('The delivery is sent or cancelled: there is nothing to try again.')
      }
      setVersion(reply, delivery.version)
      return presentDelivery(delivery)
    }
  )

  app.get(
    '/leads/:id/deliveries',
    operation({
      id: 'listLeadDeliveries',
      tag: 'Deliveries',
      summary: 'List the deliveries of a lead, with all their attempts',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: LeadDeliveryQuery,
      answers: { 200: ref(DeliveryWithAttemptsPageSchema, 'A page of deliveries.') },
      paged: true
    }),
    async (request, reply) =>
      await sendPage(db, request, reply, {
        list: ofSeenLead(request, async (tx, leadId, page) => {
          const filter = { ...request.query, leadId }
          const { data, next } = await listDeliveries(tx, tenantOf(request), filter, page)
          return { data: await withAttempts(tx, data), next }
        }),
        present: (delivery: DeliveryWithAttempts) => delivery
      })
  )
}

type DeliveryWithAttempts = ReturnType<typeof presentDeliveryWithAttempts>

async function withAttempts(
  tx: Transaction,
  deliveries: readonly Delivery[]
): Promise<DeliveryWithAttempts[]> {
  const attempts = await findAttempts(
    tx,
    deliveries.map(({ id }) => id)
  )
  return deliveries.map((delivery) =>
    presentDeliveryWithAttempts(delivery, attempts.get(delivery.id) ?? [])
  )
}

/** Mails to promoters hold a secret by which to act for them: whoever only reads does not get it. */
function mayReadMessage(principal: TenantPrincipal, { purpose }: Delivery): boolean {
  const isSecret = purpose === 'promoter_invitation' || purpose === 'promoter_welcome'
  return !isSecret || mayUse(principal, access.tenant('member', 'write'))
}
