import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendChanged, sendCreated, sendOne, sendPage } from '../../../http/resources.ts'
import { findProgramme, listProgrammes } from '../../../repositories/sales/reward-programmes.ts'
import {
  CreateRewardProgrammeSchema,
  PatchRewardProgrammeSchema,
  RewardProgrammePageSchema,
  RewardProgrammeSchema,
  presentProgramme
} from '../../../schemas/sales/reward-programme.ts'
import { IdParams, closed, newestFirst, pageQuery, ref } from '../../../schemas/shared.ts'
import { changeRewardProgramme } from '../../../use-cases/sales/change-reward-programme.ts'
import { createRewardProgramme } from '../../../use-cases/sales/create-reward-programme.ts'

const ProgrammeQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    active: Type.Optional(Type.Boolean())
  },
  closed
)

/** The rules for rewards of promoters. A programme is never deleted, because rewards refer to it. */
export const rewardProgrammeRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.post(
    '/reward-programmes',
    operation({
      id: 'createRewardProgramme',
      tag: 'Rewards',
      summary: 'Create a reward programme',
      description:
        'At most one programme is active. A new active programme deactivates the current ' + 'one.',
      access: access.tenant('admin', 'admin'),
      body: ref(CreateRewardProgrammeSchema),
      responses: { 201: ref(RewardProgrammeSchema, 'The programme.') },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendCreated(request, reply, {
        now,
        create: (command) => createRewardProgramme(db, { ...command, programme: request.body }),
        present: presentProgramme,
        location: ({ id }) => `/v1/reward-programmes/${id}`
      })
  )

  app.get(
    '/reward-programmes',
    operation({
      id: 'listRewardProgrammes',
      tag: 'Rewards',
      summary: 'List reward programmes',
      access: access.tenant('member', 'read'),
      query: ProgrammeQuery,
      responses: { 200: ref(RewardProgrammePageSchema, 'A page of programmes.') },
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
      responses: { 200: ref(RewardProgrammeSchema, 'The programme.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'reward programme',
        find: (tx, id) => findProgramme(tx, id),
        present: presentProgramme
      })
  )

  app.patch(
    '/reward-programmes/:id',
    operation({
      id: 'updateRewardProgramme',
      tag: 'Rewards',
      summary: 'Change, activate or deactivate a reward programme',
      description:
        'The activation of a programme deactivates the current one. Existing rewards keep ' +
        'their points and their rule.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      body: ref(PatchRewardProgrammeSchema),
      responses: { 200: ref(RewardProgrammeSchema, 'The changed programme.') },
      problems: ['already-exists'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeRewardProgramme(db, {
            ...command,
            programmeId: request.params.id,
            change: request.body
          }),
        present: presentProgramme
      })
  )
}
