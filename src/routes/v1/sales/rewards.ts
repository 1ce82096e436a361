import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { RewardTotals } from '../../../domain/sales/reward.ts'
import { REWARD_STATES } from '../../../domain/sales/reward.ts'
import { problems } from '../../../http/problems.ts'
import { findPromoter } from '../../../repositories/promoters/promoters.ts'
import { listRewardEntries } from '../../../repositories/sales/reward-entries.ts'
import {
  findReward,
  findRewardTotals,
  listRewards,
  lockReward
} from '../../../repositories/sales/rewards.ts'
import {
  PayRewardSchema,
  RewardLedgerSchema,
  RewardPageSchema,
  RewardSchema,
  presentReward,
  presentRewardEntry
} from '../../../schemas/sales/reward.ts'
import {
  Id,
  IdParams,
  closed,
  newestFirst,
  oneOf,
  pageQuery,
  ref
} from '../../../schemas/shared.ts'
import { settleReward } from '../../../use-cases/sales/settle-reward.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { changeOne, idOf, sendOne, sendPage } from '../../../http/resources.ts'

const sorted = {
  ...pageQuery,
  ...newestFirst
}

const RewardQuery = Type.Object(
  {
    ...sorted,
    state: Type.Optional(oneOf(REWARD_STATES)),
    promoter: Type.Optional(Id())
  },
  closed
)

const LedgerQuery = Type.Object(sorted, closed)

/** What promoters get for sales. A reward is made by its sale, and by nobody else. */
export const rewardRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.get(
    '/rewards',
    operation({
      id: 'listRewards',
      tag: 'Rewards',
      summary: 'List rewards',
      description:
        'A sale to a promoter’s credit makes one reward, by the programme that is active at that ' +
        'moment. Members see rewards of promoters they signed up.',
      access: access.tenant('member', 'read'),
      query: RewardQuery,
      answers: { 200: ref(RewardPageSchema, 'A page of rewards.') },
      paged: true
    }),
    async (request, reply) => {
      const { state, promoter } = request.query
      return await sendPage(db, request, reply, {
        list: (tx, page, principal) => listRewards(tx, principal, { state, promoter }, page),
        present: presentReward
      })
    }
  )

  app.get(
    '/rewards/:id',
    operation({
      id: 'getReward',
      tag: 'Rewards',
      summary: 'Read a reward',
      access: access.tenant('member', 'read'),
      params: IdParams,
      answers: { 200: ref(RewardSchema, 'The reward.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'reward',
        find: (tx, id, principal) => findReward(tx, principal, id),
        present: presentReward
      })
  )

  app.post(
    '/rewards/:id/approve',
    operation({
      id: 'approveReward',
      tag: 'Rewards',
      summary: 'Approve a reward',
      description: 'Only an `eligible` one; `conflict` otherwise. Its sale can’t be undone then.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      answers: { 200: ref(RewardSchema, 'The reward, approved.') },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await changeOne(db, request, reply, {
        noun: 'reward',
        lock: (tx, id, principal) => lockReward(tx, principal, id),
        change: async (tx, reward, principal) => {
          const call = { principal, actor: actorOf(principal), now: now() }
          const approved = await settleReward(tx, reward, { ...call, happening: 'approved' })
          if (!approved) throw problems.conflict(`It is ${reward.state}, not eligible.`)
          return approved
        },
        present: presentReward
      })
  )

  app.post(
    '/rewards/:id/pay',
    operation({
      id: 'payReward',
      tag: 'Rewards',
      summary: 'Record that a reward was paid',
      description:
        'It was paid outside of here, as `reference` says. Only an `approved` one; `conflict` ' +
        'otherwise.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      body: ref(PayRewardSchema),
      answers: { 200: ref(RewardSchema, 'The reward, paid.') },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { reference } = request.body
      return await changeOne(db, request, reply, {
        noun: 'reward',
        lock: (tx, id, principal) => lockReward(tx, principal, id),
        change: async (tx, reward, principal) => {
          const call = { principal, actor: actorOf(principal), now: now() }
          const paid = await settleReward(tx, reward, { ...call, happening: 'paid', reference })
          if (!paid) throw problems.conflict(`It is ${reward.state}, not approved.`)
          return paid
        },
        present: presentReward
      })
    }
  )

  app.get(
    '/promoters/:id/rewards',
    operation({
      id: 'getPromoterLedger',
      tag: 'Rewards',
      summary: 'Read a promoter’s ledger',
      description: 'Every line that was ever written, and what all of them come to.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: LedgerQuery,
      answers: { 200: ref(RewardLedgerSchema, 'A page of the ledger.') },
      paged: true
    }),
    async (request, reply) => {
      let balance: RewardTotals = { eligible: 0, approved: 0, paid: 0, balance: 0 }
      const page = await sendPage(db, request, reply, {
        list: async (tx, asked, principal) => {
          const promoter = await findPromoter(tx, principal, idOf(request))
          if (!promoter) throw problems.notFound('promoter')
          balance = await findRewardTotals(tx, promoter.id)
          return await listRewardEntries(tx, promoter.id, asked)
        },
        present: presentRewardEntry
      })
      return { balance, ...page }
    }
  )
}
