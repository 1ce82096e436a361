import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { RewardTotals } from '../../../domain/sales/reward.ts'
import { REWARD_STATES } from '../../../domain/sales/reward.ts'
import { problems } from '../../../http/problems.ts'
import { findPromoter } from '../../../repositories/promoters/promoters.ts'
import { listRewardEntries } from '../../../repositories/sales/reward-entries.ts'
import { findReward, findRewardTotals, listRewards } from '../../../repositories/sales/rewards.ts'
import {
  PayRewardSchema,
  RewardLedgerSchema,
  RewardPageSchema,
  RewardSchema,
  presentReward,
  presentRewardEntry
} from '../../../schemas/sales/reward.ts'
import { NamedList, WordList } from '../../../schemas/named.ts'
import { IdParams, closed, newestFirst, pageQuery, ref } from '../../../schemas/shared.ts'
import { settleReward } from '../../../use-cases/sales/settle-reward.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { idOf, sendChanged, sendOne, sendPage } from '../../../http/resources.ts'

const sorted = {
  ...pageQuery,
  ...newestFirst
}

const RewardQuery = Type.Object(
  {
    ...sorted,
    state: Type.Optional(WordList(REWARD_STATES)),
    promoter: Type.Optional(NamedList('promoter'))
  },
  closed
)

const LedgerQuery = Type.Object(sorted, closed)

/** Rewards of promoters. Only a sale creates a reward. */
export const rewardRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.get(
    '/rewards',
    operation({
      id: 'listRewards',
      tag: 'Rewards',
      summary: 'List rewards',
      description:
        'A sale credited to a promoter creates one reward, by the active programme. Members ' +
        'see the rewards of the promoters that they signed up.',
      access: access.tenant('member', 'read'),
      query: RewardQuery,
      responses: { 200: ref(RewardPageSchema, 'A page of rewards.') },
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
      responses: { 200: ref(RewardSchema, 'The reward.') },
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
      description:
        'The reward must be `eligible`, otherwise the response is `conflict`. The sale of an approved reward can’t be undone.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      responses: { 200: ref(RewardSchema, 'The approved reward.') },
      shows: { 200: { state: 'approved' } },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          settleReward(db, { ...command, rewardId: request.params.id, happening: 'approved' }),
        present: presentReward
      })
  )

  app.post(
    '/rewards/:id/pay',
    operation({
      id: 'payReward',
      tag: 'Rewards',
      summary: 'Record the payment of a reward',
      description:
        'The payment itself happens outside the service; `reference` identifies it. The ' +
        'reward must be `approved`, otherwise the response is `conflict`.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      body: ref(PayRewardSchema),
      responses: { 200: ref(RewardSchema, 'The paid reward.') },
      shows: { 200: { state: 'paid', paymentReference: 'Transfer 2026/12/114', version: 4 } },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const rewardId = request.params.id
      const payment = { happening: 'paid', reference: request.body.reference } as const
      return await sendChanged(request, reply, {
        now,
        change: (command) => settleReward(db, { ...command, rewardId, ...payment }),
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
      description: 'A page of ledger entries, and the balance of all entries.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: LedgerQuery,
      responses: { 200: ref(RewardLedgerSchema, 'A page of the ledger.') },
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
