import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { STATUS_GROUPS, groupsWhere, listGroups } from '../../../domain/leads/status-groups.ts'
import { newId } from '../../../ids.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import {
  findStatus,
  insertStatuses,
  listStatuses,
  measureStatuses
} from '../../../repositories/dealers/statuses.ts'
import { Id, IdParams, closed, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import {
  CreateStatusSchema,
  PatchStatusSchema,
  StatusGroupsSchema,
  StatusPageSchema,
  StatusSchema,
  presentStatus,
  presentStatusGroups
} from '../../../schemas/dealers/status.ts'
import { removeStatus } from '../../../use-cases/dealers/delete-status.ts'
import { STATUSES_LOCK, changeStatus } from '../../../use-cases/dealers/update-status.ts'
import { checkVersion, createOnce, setVersion } from '../../../http/conventions.ts'
import { refuseMove } from '../leads/move-refusals.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendOne, sendPage } from '../../../http/resources.ts'

/** More would be a mistake of a program, and no list that people choose from. */
const MAX_STATUSES = 200

const SYSTEM = groupsWhere(({ isSystem }) => isSystem)
const STAGES = groupsWhere(({ isStage }) => isStage)

const StatusQuery = Type.Object(
  { ...pageQuery, group: Type.Optional(oneOf(STATUS_GROUPS)) },
  closed
)

const DeleteStatusQuery = Type.Object(
  { replacementId: Type.Optional(Id('The status that its leads then have.')) },
  closed
)

const LAST_OF_GROUP = 'It is the last status of a group that the system itself uses.'

/** A dealer's own names for stages. */
export const statusRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.post(
    '/statuses',
    operation({
      id: 'createStatus',
      tag: 'Statuses',
      summary: 'Add a status',
      access: access.tenant('admin', 'admin'),
      body: ref(CreateStatusSchema),
      answers: { 201: ref(StatusSchema, 'The status.') },
      problems: ['already-exists', 'conflict'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const locks = [STATUSES_LOCK]
      return await createOnce({ db, now, principal, locks }, request, reply, async (tx) => {
        const at = now()
        const { count, nextPosition } = await measureStatuses(tx)
        if (count >= MAX_STATUSES) throw problems.conflict(`There are ${MAX_STATUSES} already.`)
        const stamps = { version: 1, createdAt: at, updatedAt: at }
        const status = {
          id: newId(),
          color: null,
          position: nextPosition,
          ...request.body,
          ...stamps
        }
        await insertStatuses(tx, [status])
        await recordEvents(tx, actorOf(principal), at, [
          {
            type: 'status.created',
            subject: { type: 'status', id: status.id },
            data: { group: status.group }
          }
        ])
        return { body: presentStatus(status), location: `/v1/statuses/${status.id}`, version: 1 }
      })
    }
  )

  app.get(
    '/statuses',
    operation({
      id: 'listStatuses',
      tag: 'Statuses',
      summary: 'List statuses',
      description: 'By position.',
      access: access.tenant('member', 'read'),
      query: StatusQuery,
      answers: { 200: ref(StatusPageSchema, 'A page of statuses.') },
      paged: true
    }),
    async (request, reply) => {
      const { group } = request.query
      return await sendPage(db, request, reply, {
        list: (tx, page) => listStatuses(tx, { group }, page),
        present: presentStatus,
        defaultSort: 'position'
      })
    }
  )

  app.get(
    '/status-groups',
    operation({
      id: 'listStatusGroups',
      tag: 'Statuses',
      summary: 'List status groups',
      description: 'What statuses can mean: fixed, and the same for every dealer.',
      access: access.tenant('member', 'read'),
      answers: { 200: ref(StatusGroupsSchema, 'All groups.') }
    }),
    () => presentStatusGroups()
  )

  app.get(
    '/statuses/:id',
    operation({
      id: 'getStatus',
      tag: 'Statuses',
      summary: 'Read a status',
      access: access.tenant('member', 'read'),
      params: IdParams,
      answers: { 200: ref(StatusSchema, 'The status.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'status',
        find: findStatus,
        present: presentStatus
      })
  )

  app.patch(
    '/statuses/:id',
    operation({
      id: 'updateStatus',
      tag: 'Statuses',
      summary: 'Change a status',
      description:
        `The last status of ${listGroups(SYSTEM, 'or')} stays in its group. A status that leads ` +
        `have can change to ${listGroups(STAGES, 'or')}. The other groups require something of ` +
        'each lead: move the leads instead.',
      access: access.tenant('admin', 'admin'),
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(PatchStatusSchema),
      answers: { 200: ref(StatusSchema, 'The status as it is now.') },
      problems: ['already-exists', 'conflict', 'status-in-use'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const verdict = await changeStatus(db, {
        dealerId: principal.dealerId,
        actor: actorOf(principal),
        statusId: request.params.id,
        change: request.body,
        checkVersion: (version) => {
          checkVersion(request, version)
        },
        now: now()
      })
      if (!verdict) throw problems.notFound('status')
      if ('leadCount' in verdict) throw problems.statusInUse(verdict.leadCount)
      if ('refusal' in verdict) throw problems.conflict(LAST_OF_GROUP)
      setVersion(reply, verdict.status.version)
      return presentStatus(verdict.status)
    }
  )

  app.delete(
    '/statuses/:id',
    operation({
      id: 'deleteStatus',
      tag: 'Statuses',
      summary: 'Delete a status',
      description:
        'One that leads have needs a `replacementId`, and the move is recorded on each lead; without ' +
        'it, 409 `status-in-use` says in `leadCount` how many there are. The last status of `new`, ' +
        '`linked`, `converted` or `deleted` stays.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      query: DeleteStatusQuery,
      answers: { 204: Type.Null({ description: 'It is gone.' }) },
      problems: ['conflict', 'status-in-use'],
      conditional: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const verdict = await removeStatus(db, {
        dealerId: principal.dealerId,
        actor: actorOf(principal),
        statusId: request.params.id,
        replacementId: request.query.replacementId ?? null,
        checkVersion: (version) => {
          checkVersion(request, version)
        },
        now: now()
      })
      if (verdict === null) throw problems.notFound('status')
      if (verdict === 'deleted') return await reply.code(204).send(null)
      if ('leadCount' in verdict) throw problems.statusInUse(verdict.leadCount)
      const { refusal } = verdict
      if (refusal === 'last-of-group') throw problems.conflict(LAST_OF_GROUP)
      throw refuseMove(
        refusal === 'unknown-replacement' ? 'unknown-status' : refusal,
        '/replacementId'
      )
    }
  )
}
