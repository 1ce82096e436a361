import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { ELIGIBLE_WHEN, REWARD_ENTRY_KINDS, REWARD_STATES } from '../../domain/sales/reward.ts'
import type { Reward, RewardEntry } from '../../domain/sales/reward.ts'
import { doneBy } from '../operations/operation.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, ref, wordsText } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const RewardSchema = Type.Object(
  {
    id: Id(),
    saleId: Id(),
    promoterId: Id(),
    programmeId: Id(),
    points: Type.Integer(),
    eligibleWhen: oneOf(ELIGIBLE_WHEN),
    state: oneOf(
      REWARD_STATES,
      '`pending`: the sale is not fulfilled yet. `eligible`: an admin can approve the ' +
        'reward. `approved`: the payment is due. `paid`: the payment is recorded. ' +
        '`cancelled`: the sale was cancelled or undone.'
    ),
    paymentReference: nullable(Type.String({ description: 'The reference to the payment.' })),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'Reward',
    ...closed,
    description: 'The reward of a promoter for a sale, by the programme that was active then.',
    examples: [
      {
        id: EXAMPLE_IDS.reward,
        saleId: EXAMPLE_IDS.sale,
        promoterId: EXAMPLE_IDS.promoter,
        programmeId: EXAMPLE_IDS.rewardProgramme,
        points: 500,
        eligibleWhen: 'fulfilled',
        state: 'eligible',
        paymentReference: null,
        version: 2,
        createdAt: '2026-11-28T10:15:00.000Z',
        updatedAt: '2026-12-02T09:00:00.000Z'
      }
    ]
  }
)

export const PayRewardSchema = Type.Object(
  {
    reference: wordsText(200, 'A reference to the payment, such as the number of a bank transfer.')
  },
  { $id: 'PayReward', ...closed, examples: [{ reference: 'Transfer 2026/12/114' }] }
)

export const RewardPageSchema = pageOf(RewardSchema)

const ENTRY_EXAMPLE = {
  id: EXAMPLE_IDS.rewardChange,
  rewardId: EXAMPLE_IDS.reward,
  kind: 'eligible',
  points: 500,
  note: null,
  actor: { type: 'user', id: EXAMPLE_IDS.user },
  createdAt: '2026-12-02T09:00:00.000Z'
}

const TOTALS_EXAMPLE = { eligible: 500, approved: 0, paid: 1_000, balance: 500 }

const RewardEntrySchema = Type.Object(
  {
    id: Id(),
    rewardId: Id(),
    kind: oneOf(REWARD_ENTRY_KINDS),
    points: Type.Integer({
      description:
        'The change of the balance: positive when a reward becomes eligible, negative when ' +
        'it is paid or cancelled, and 0 when it is recorded or approved.'
    }),
    note: nullable(Type.String({ description: 'The reference to the payment.' })),
    actor: doneBy(),
    createdAt: Instant()
  },
  {
    $id: 'RewardEntry',
    ...closed,
    description: 'An entry of a ledger. Entries never change.',
    examples: [ENTRY_EXAMPLE]
  }
)

const RewardTotalsSchema = Type.Object(
  {
    eligible: Type.Integer({
      description: 'Points of eligible rewards that are not approved yet.'
    }),
    approved: Type.Integer({ description: 'Points of approved rewards that are not paid yet.' }),
    paid: Type.Integer({ description: 'Points of paid rewards, without cancelled sales.' }),
    balance: Type.Integer({
      description:
        'The sum of the whole ledger: the points that the dealer owes. Negative when a sale ' +
        'was cancelled after the payment of its reward.'
    })
  },
  {
    $id: 'RewardTotals',
    ...closed,
    examples: [TOTALS_EXAMPLE]
  }
)

export const RewardLedgerSchema = Type.Object(
  {
    balance: ref(RewardTotalsSchema),
    data: Type.Array(ref(RewardEntrySchema)),
    nextCursor: nullable(
      Type.String({ description: 'The `cursor` of the next page. Null on the last page.' })
    )
  },
  {
    $id: 'RewardLedger',
    ...closed,
    description: 'A page of a promoter’s ledger.',
    examples: [
      {
        balance: TOTALS_EXAMPLE,
        data: [ENTRY_EXAMPLE],
        nextCursor: null
      }
    ]
  }
)

export const rewardSchemas = [
  RewardSchema,
  PayRewardSchema,
  RewardPageSchema,
  RewardEntrySchema,
  RewardTotalsSchema,
  RewardLedgerSchema
]

export function presentReward(reward: Reward): Static<typeof RewardSchema> {
  return {
    ...reward,
    createdAt: reward.createdAt.toISOString(),
    updatedAt: reward.updatedAt.toISOString()
  }
}

export function presentRewardEntry(entry: RewardEntry): Static<typeof RewardEntrySchema> {
  const { promoterId: _, createdAt, ...rest } = entry
  return { ...rest, createdAt: createdAt.toISOString() }
}
