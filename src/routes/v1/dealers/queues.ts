import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { problems } from '../../../http/problems.ts'
import { sendChanged, sendCreated, sendDone, sendOne, sendPage } from '../../../http/resources.ts'
import { findQueue, listQueueMembers, listQueues } from '../../../repositories/dealers/queues.ts'
import { readWorkingHours } from '../../../schemas/clock/working-hours.ts'
import {
  CreateQueueSchema,
  PatchQueueSchema,
  QueueMemberPageSchema,
  QueuePageSchema,
  QueueSchema,
  presentQueue,
  presentQueueMember
} from '../../../schemas/dealers/queue.ts'
import { Id, IdParams, closed, oldestFirst, pageQuery, ref } from '../../../schemas/shared.ts'
import { addQueueMember } from '../../../use-cases/dealers/add-queue-member.ts'
import { changeQueue } from '../../../use-cases/dealers/change-queue.ts'
import { createQueue } from '../../../use-cases/dealers/create-queue.ts'
import { removeQueueMember } from '../../../use-cases/dealers/remove-queue-member.ts'

const QueueQuery = Type.Object(
  {
    ...pageQuery,
    ...oldestFirst
  },
  closed
)

const MemberQuery = Type.Object(pageQuery, closed)

const MemberParams = Type.Object({ id: Id(), userId: Id() }, closed)

/** Queues of unassigned leads. A queue can't be deleted, and the default queue stays the default. */
export const queueRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.post(
    '/queues',
    operation({
      id: 'createQueue',
      tag: 'Queues',
      summary: 'Create a queue',
      access: access.tenant('admin', 'admin'),
      body: ref(CreateQueueSchema),
      responses: { 201: ref(QueueSchema, 'The queue.') },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const { name, workingHours = null } = request.body
      const queue = { name, workingHours: readWorkingHours(workingHours) }
      return await sendCreated(request, reply, {
        now,
        create: (command) => createQueue(db, { ...command, queue }),
        present: presentQueue,
        location: ({ id }) => `/v1/queues/${id}`
      })
    }
  )

  app.get(
    '/queues',
    operation({
      id: 'listQueues',
      tag: 'Queues',
      summary: 'List queues',
      access: access.tenant('member', 'read'),
      query: QueueQuery,
      responses: { 200: ref(QueuePageSchema, 'A page of queues.') },
      paged: true
    }),
    async (request, reply) => {
      return await sendPage(db, request, reply, {
        list: listQueues,
        present: presentQueue,
        defaultSort: 'createdAt'
      })
    }
  )

  app.get(
    '/queues/:id',
    operation({
      id: 'getQueue',
      tag: 'Queues',
      summary: 'Read a queue',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(QueueSchema, 'The queue.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'queue',
        find: (tx, id) => findQueue(tx, id),
        present: presentQueue
      })
  )

  app.patch(
    '/queues/:id',
    operation({
      id: 'updateQueue',
      tag: 'Queues',
      summary: 'Change a queue',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      body: ref(PatchQueueSchema),
      responses: { 200: ref(QueueSchema, 'The changed queue.') },
      problems: ['already-exists'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { workingHours, ...rest } = request.body
      const hours =
        workingHours === undefined ? {} : { workingHours: readWorkingHours(workingHours) }
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeQueue(db, {
            ...command,
            queueId: request.params.id,
            change: { ...rest, ...hours }
          }),
        present: presentQueue
      })
    }
  )

  app.get(
    '/queues/:id/members',
    operation({
      id: 'listQueueMembers',
      tag: 'Queues',
      summary: 'List the members of a queue',
      description: 'Members of a queue see its unassigned leads.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: MemberQuery,
      responses: { 200: ref(QueueMemberPageSchema, 'A page of members.') },
      paged: true
    }),
    (request, reply) =>
      sendPage(db, request, reply, {
        list: async (tx, page) => {
          const { id } = request.params
          if (!(await findQueue(tx, id))) throw problems.notFound('queue')
          return await listQueueMembers(tx, id, page)
        },
        present: presentQueueMember,
        defaultSort: 'createdAt'
      })
  )

  app.put(
    '/queues/:id/members/:userId',
    operation({
      id: 'addQueueMember',
      tag: 'Queues',
      summary: 'Add a user to a queue',
      description: 'A repeat changes nothing.',
      access: access.tenant('admin', 'admin'),
      params: MemberParams,
      responses: { 204: Type.Null({ description: 'The user is a member of the queue.' }) }
    }),
    async (request, reply) => {
      const { id: queueId, userId } = request.params
      return await sendDone(request, reply, {
        now,
        run: (command) => addQueueMember(db, { ...command, queueId, userId })
      })
    }
  )

  app.delete(
    '/queues/:id/members/:userId',
    operation({
      id: 'removeQueueMember',
      tag: 'Queues',
      summary: 'Remove a user from a queue',
      access: access.tenant('admin', 'admin'),
      params: MemberParams,
      responses: { 204: Type.Null({ description: 'The user is not a member of the queue.' }) }
    }),
    async (request, reply) => {
      const { id: queueId, userId } = request.params
      return await sendDone(request, reply, {
        now,
        run: (command) => removeQueueMember(db, { ...command, queueId, userId })
      })
    }
  )
}
