import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Transaction } from '../../../database/client.ts'
import { DELIVERY_PURPOSES, DELIVERY_STATES } from '../../../domain/deliveries/delivery.ts'
import type { Delivery } from '../../../domain/deliveries/delivery.ts'
import { holdsScope, seesAll } from '../../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { findDelivery, listDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { findAttempts, findMessage } from '../../../repositories/deliveries/delivery-attempts.ts'
import {
  DeliveryMessage,
  DeliveryPageSchema,
  DeliveryWithAttemptsPageSchema,
  DeliveryWithAttemptsSchema,
  mediaTypeOf,
  presentDelivery,
  presentDeliveryWithAttempts
} from '../../../schemas/deliveries/delivery.ts'
import type { DeliveryWithAttempts } from '../../../schemas/deliveries/delivery.ts'
import { WordList } from '../../../schemas/named.ts'
import { Id, IdParams, closed, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import { maskSecrets } from '../../../security/mask-secrets.ts'
import type { Masking } from '../../../security/mask-secrets.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { ofSeenLead, read, sendOne, sendPage } from '../../../http/resources.ts'

const sort = Type.Optional(oneOf(['-createdAt', 'createdAt'], 'Default: newest first.'))
const state = Type.Optional(WordList(DELIVERY_STATES))
const purpose = Type.Optional(WordList(DELIVERY_PURPOSES))

const DeliveryQuery = Type.Object(
  { ...pageQuery, sort, state, purpose, leadId: Type.Optional(Id()) },
  closed
)
const LeadDeliveryQuery = Type.Object({ ...pageQuery, sort, state, purpose }, closed)

/** Messages to send, with their attempts. */
export const deliveryRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db }) => {
  app.get(
    '/deliveries',
    operation({
      id: 'listDeliveries',
      tag: 'Deliveries',
      summary: 'List deliveries',
      description: 'The list has the deliveries about leads and promoters that the caller sees.',
      access: access.tenant('member', 'read'),
      query: DeliveryQuery,
      responses: { 200: ref(DeliveryPageSchema, 'A page of deliveries.') },
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
      responses: { 200: ref(DeliveryWithAttemptsSchema, 'The delivery.') },
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
        present: presentDeliveryWithAttempts
      })
  )

  app.get(
    '/deliveries/:id/message',
    operation({
      id: 'getDeliveryMessage',
      tag: 'Deliveries',
      summary: 'Read the message of a delivery',
      description:
        'The message that every attempt sends. It is composed for the first attempt; until then, and ' +
        'MESSAGE_RETENTION_DAYS after it was sent or cancelled, the response is 404. A message that holds a secret of a promoter needs `write`.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: DeliveryMessage }
    }),
    async (request, reply) => {
      const { id } = request.params
      const { delivery, message } = await read(db, request, async (tx, principal) => {
        const delivery = await findDelivery(tx, principal, id)
        return { delivery, message: delivery && (await findMessage(tx, id)) }
      })
      if (delivery === null || message === null) throw problems.notFound('message')
      const masked = maskSecrets(message, maskingFor(tenantOf(request), delivery))
      return await reply.type(mediaTypeOf(delivery)).send(Buffer.from(masked, 'utf8'))
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
      responses: { 200: ref(DeliveryWithAttemptsPageSchema, 'A page of deliveries.') },
      paged: true
    }),
    async (request, reply) =>
      await sendPage(db, request, reply, {
        list: ofSeenLead(request, async (tx, leadId, page) => {
          const filter = { ...request.query, leadId }
          const { data, next } = await listDeliveries(tx, tenantOf(request), filter, page)
          return { data: await withAttempts(tx, data), next }
        }),
        present: presentDeliveryWithAttempts
      })
  )
}

async function withAttempts(
  tx: Transaction,
  deliveries: readonly Delivery[]
): Promise<DeliveryWithAttempts[]> {
  const attempts = await findAttempts(
    tx,
    deliveries.map(({ id }) => id)
  )
  return deliveries.map((delivery) => ({
    delivery,
    attempts: attempts.get(delivery.id) ?? [],
    version: delivery.version
  }))
}

/** What is masked in a message: what opens a page as another person does. */
function maskingFor(principal: TenantPrincipal, { userId }: Delivery): Masking {
  if (userId === principal.id) return 'promoters'
  // The customer's own links change what is stored of them.
  if (principal.kind === 'key' && !holdsScope(principal.scopes, 'write')) return 'all'
  return seesAll(principal) ? 'staff' : 'all'
}
