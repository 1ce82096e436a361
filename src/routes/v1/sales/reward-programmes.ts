import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { newId } from '../../../ids.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import {
  findProgramme,
  insertProgramme,
  listProgrammes,
  lockProgramme,
  updateProgramme
} from '../../../repositories/sales/reward-programmes.ts'
import {
  CreateRewardProgrammeSchema,
  PatchRewardProgrammeSchema,
  RewardProgrammePageSchema,
  RewardProgrammeSchema,
  presentProgramme
} from '../../../schemas/sales/reward-programme.ts'
import { IdParams, closed, newestFirst, pageQuery, ref } from '../../../schemas/shared.ts'
import {
  PROGRAMMES_LOCK,
  makeWayForProgramme
} from '../../../use-cases/sales/activate-programme.ts'
import { createOnce } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { changeOne, sendOne, sendPage } from '../../../http/resources.ts'

const ProgrammeQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    active: Type.Optional(Type.Boolean())
  },
  closed
)

const locks = [PROGRAMMES_LOCK]

/** What promoters get for sales. A programme stays once it is made: rewards speak of it. */
export const rewardProgrammeRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.post(
    '/reward-programmes',
    operation({
      id: 'createRewardProgramme',
      tag: 'Rewards',
      summary: 'Add a reward programme',
      description: 'Of several, one at most is active: an active one ends the one before.',
      access: access.tenant('admin', 'admin'),
      body: ref(CreateRewardProgrammeSchema),
      answers: { 201: ref(RewardProgrammeSchema, 'The programme.') },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      return await createOnce({ db, now, principal, locks }, request, reply, async (tx) => {
        const at = now()
        const programme = {
          id: newId(),
          description: null,
          eligibleWhen: 'fulfilled' as const,
          active: false,
          ...request.body,
          version: 1,
          createdAt: at,
          updatedAt: at
        }
        const { id, active } = programme
        const actor = actorOf(principal)
        if (active) await makeWayForProgramme(tx, id, { actor, now: at })
        await insertProgramme(tx, programme)
        await recordEvents(tx, actor, at, [
          {
            type: 'reward_programme.created',
            subject: { type: 'reward_programme', id },
            data: { active }
          }
        ])
        const location = `/v1/reward-programmes/${id}`
        return { body: presentProgramme(programme), location, version: 1 }
      })
    }
  )

  app.get(
    '/reward-programmes',
    operation({
      id: 'listRewardProgrammes',
      tag: 'Rewards',
      summary: 'List reward programmes',
      access: access.tenant('member', 'read'),
      query: ProgrammeQuery,
      answers: { 200: ref(RewardProgrammePageSchema, 'A page of programmes.') },
      paged: true
    }),
    async (request, reply) => {
      const { active } = request.query
      return await sendPage(db, request, reply, {
        list: (tx, page) => listProgrammes(tx, { active }, page),
        present: presentProgramme
      })
    }
  )

  app.get(
    '/reward-programmes/:id',
    operation({
      id: 'getRewardProgramme',
      tag: 'Rewards',
      summary: 'Read a reward programme',
      access: access.tenant('member', 'read'),
      params: IdParams,
      answers: { 200: ref(RewardProgrammeSchema, 'The programme.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'reward programme',
        find: findProgramme,
        present: presentProgramme
      })
  )

  app.patch(
    '/reward-programmes/:id',
    operation({
      id: 'updateRewardProgramme',
      tag: 'Rewards',
      summary: 'Change, activate or end a reward programme',
      description:
        'Activating one ends the one that was active, in the same moment. Rewards there are already ' +
        'keep the points and the rule they were recorded with.',
      access: access.tenant('admin', 'admin'),
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(PatchRewardProgrammeSchema),
      answers: { 200: ref(RewardProgrammeSchema, 'The programme as it is now.') },
      problems: ['already-exists'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await changeOne(db, request, reply, {
        noun: 'reward programme',
        lock: lockProgramme,
        locks,
        change: async (tx, { id }, principal) => {
          const at = now()
          const actor = actorOf(principal)
          const { active } = request.body
          if (active === true) await makeWayForProgramme(tx, id, { actor, now: at })
          await recordEvents(tx, actor, at, [
            {
              type: 'reward_programme.updated',
              subject: { type: 'reward_programme', id },
              data: {
                fields: Object.keys(request.body),
                ...(active === undefined ? {} : { active })
              }
            }
          ])
          return await updateProgramme(tx, id, request.body, at)
        },
        present: presentProgramme
      })
  )
}
