import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { EVENT_TYPES } from '../../../domain/events/event.ts'
import { listEvents } from '../../../repositories/events/events.ts'
import { EventPageSchema, presentEvent } from '../../../schemas/events/event.ts'
import { WordList } from '../../../schemas/named.ts'
import {
  Id,
  closed,
  createdPeriod,
  oldestFirst,
  pageQuery,
  readInstant,
  ref
} from '../../../schemas/shared.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendPage } from '../../../http/resources.ts'

const EventQuery = Type.Object(
  {
    ...pageQuery,
    ...oldestFirst,
    leadId: Type.Optional(Id()),
    clientId: Type.Optional(Id()),
    type: Type.Optional(WordList(EVENT_TYPES)),
    ...createdPeriod('events')
  },
  closed
)

/** Everything that happened. */
export const eventRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db }) => {
  app.get(
    '/events',
    operation({
      id: 'listEvents',
      tag: 'Events',
      summary: 'List events',
      description:
        'The list is ordered by id, oldest first. To follow new events, read to the last ' +
        'page, then poll with `createdFrom` set to one minute before the last event, and ' +
        'skip known ids. The overlap is needed because concurrent events can become visible ' +
        'out of order.',
      access: access.tenant('admin', 'read'),
      query: EventQuery,
      responses: { 200: ref(EventPageSchema, 'A page of events.') },
      paged: true
    }),
    async (request, reply) => {
      const { leadId, clientId, type, createdFrom, createdTo } = request.query
      const filter = {
        leadId,
        clientId,
        types: type,
        createdFrom: readInstant(createdFrom),
        createdTo: readInstant(createdTo)
      }
      return await sendPage(db, request, reply, {
        list: (tx, page) => listEvents(tx, filter, page),
        present: presentEvent,
        defaultSort: 'createdAt'
      })
    }
  )
}
