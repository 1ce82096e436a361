import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { EventType } from '../../../domain/events/event.ts'
import { newId } from '../../../ids.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import type { NewEvent } from '../../../repositories/events/record-events.ts'
import {
  deleteQueueMember,
  findQueue,
  insertQueue,
  insertQueueMember,
  listQueueMembers,
  listQueues,
  lockQueue,
  updateQueue
} from '../../../repositories/dealers/queues.ts'
import { findUser } from '../../../repositories/access/users.ts'
import {
  CreateQueueSchema,
  PatchQueueSchema,
  QueueMemberPageSchema,
  QueuePageSchema,
  QueueSchema,
  presentQueue,
  presentQueueMember
} from '../../../schemas/dealers/queue.ts'
import { readWorkingHours } from '../../../schemas/clock/working-hours.ts'
import { Id, IdParams, closed, oldestFirst, pageQuery, ref } from '../../../schemas/shared.ts'
import { createOnce } from '../../../http/conventions.ts'
import { checkHours } from '../../../http/checked-fields.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { changeOne, sendOne, sendPage } from '../../../http/resources.ts'

const QueueQuery = Type.Object(
  {
    ...pageQuery,
    ...oldestFirst
  },
  closed
)

const MemberQuery = Type.Object(pageQuery, closed)

const MemberParams = Type.Object({ id: Id(), userId: Id() }, closed)

/** Where leads wait for somebody. A queue stays once it is made, and so does the default one. */
export const queueRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.post(
    '/queues',
    operation({
      id: 'createQueue',
      tag: 'Queues',
      summary: 'Add a queue',
      access: access.tenant('admin', 'admin'),
      body: ref(CreateQueueSchema),
      answers: { 201: ref(QueueSchema, 'The queue.') },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      checkHours(request.body.workingHours)
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        const at = now()
        const stamps = { version: 1, createdAt: at, updatedAt: at }
        const { name, workingHours = null } = request.body
        const hours = readWorkingHours(workingHours)
        const queue = { id: newId(), name, workingHours: hours, isDefault: false, ...stamps }
        await insertQueue(tx, queue)
        await recordEvents(tx, actorOf(principal), at, [
          { type: 'queue.created', subject: { type: 'queue', id: queue.id } }
        ])
        return { body: presentQueue(queue), location: `/v1/queues/${queue.id}`, version: 1 }
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
      answers: { 200: ref(QueuePageSchema, 'A page of queues.') },
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
      answers: { 200: ref(QueueSchema, 'The queue.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'queue',
        find: findQueue,
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
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(PatchQueueSchema),
      answers: { 200: ref(QueueSchema, 'The queue as it is now.') },
      problems: ['already-exists'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      checkHours(request.body.workingHours)
      return await changeOne(db, request, reply, {
        noun: 'queue',
        lock: lockQueue,
        present: presentQueue,
        change: async (tx, { id }, principal) => {
          await recordEvents(tx, actorOf(principal), now(), [
            {
              type: 'queue.updated',
              subject: { type: 'queue', id },
              data: { fields: Object.keys(request.body) }
            }
          ])
          const { workingHours, ...words } = request.body
          const hours =
            workingHours === undefined ? {} : { workingHours: readWorkingHours(workingHours) }
          return await updateQueue(tx, id, { ...words, ...hours }, now())
        }
      })
    }
  )

  app.get(
    '/queues/:id/members',
    operation({
      id: 'listQueueMembers',
      tag: 'Queues',
      summary: 'List who belongs to a queue',
      description: 'Members see the unassigned leads of the queues they belong to.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: MemberQuery,
      answers: { 200: ref(QueueMemberPageSchema, 'A page of its members.') },
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
      summary: 'Put a user into a queue',
      description: 'A second time changes nothing.',
      access: access.tenant('admin', 'admin'),
      params: MemberParams,
      answers: { 204: Type.Null({ description: 'They belong to it.' }) }
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { id, userId } = request.params
      await db.transaction(principal.dealerId, async (tx) => {
        if (!(await findQueue(tx, id))) throw problems.notFound('queue')
        if (!(await findUser(tx, userId))) throw problems.notFound('user')
        const isNew = await insertQueueMember(tx, { queueId: id, userId, now: now() })
        const event = memberEvent('queue.member_added', id, userId)
        if (isNew) await recordEvents(tx, actorOf(principal), now(), [event])
      })
      return await reply.code(204).send(null)
    }
  )

  app.delete(
    '/queues/:id/members/:userId',
    operation({
      id: 'removeQueueMember',
      tag: 'Queues',
      summary: 'Take a user out of a queue',
      access: access.tenant('admin', 'admin'),
      params: MemberParams,
      answers: { 204: Type.Null({ description: 'They belong to it no longer.' }) }
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { id, userId } = request.params
      await db.transaction(principal.dealerId, async (tx) => {
        const wasMember = await deleteQueueMember(tx, { queueId: id, userId })
        if (!wasMember) throw problems.notFound('member of this queue')
        const event = memberEvent('queue.member_removed', id, userId)
        await recordEvents(tx, actorOf(principal), now(), [event])
      })
      return await reply.code(204).send(null)
    }
  )
}

function memberEvent(type: EventType, queueId: string, userId: string): NewEvent {
  return { type, subject: { type: 'queue', id: queueId }, data: { userId } }
}
