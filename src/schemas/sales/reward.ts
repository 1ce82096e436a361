import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { ELIGIBLE_WHEN, REWARD_ENTRY_KINDS, REWARD_STATES } from '../../domain/sales/reward.ts'
import type { Reward, RewardEntry } from '../../domain/sales/reward.ts'
import { doneBy } from '../operations/operation.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, ref, requiredText } from '../shared.ts'

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
      '`pending`: the sale is not fulfilled yet. `eligible`: owed. `approved`: to be paid. `paid`: ' +
        'outside of here. `cancelled`: the sale was, or was a mistake.'
    ),
    paymentReference: nullable(Type.String({ description: 'How it was paid.' })),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'Reward',
    ...closed,
    description: 'What one promoter is to get for one sale, by the programme of that moment.',
    examples: [
      {
        id: '01938f2e-0033-7000-8000-000000000001',
        saleId: '01938f2e-0030-7000-8000-000000000030',
        promoterId: '01938f2e-0005-7000-8000-000000000001',
        programmeId: '01938f2e-0032-7000-8000-000000000001',
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
  { reference: requiredText(200, "How it was paid, such as a transfer's number.") },
  { $id: 'PayReward', ...closed, examples: [{ reference: 'Transfer 2026/12/114' }] }
)

export const RewardPageSchema = pageOf(RewardSchema)

const ENTRY_EXAMPLE = {
  id: '01938f2e-0034-7000-8000-000000000001',
  rewardId: '01938f2e-0033-7000-8000-000000000001',
  kind: 'eligible',
  points: 500,
  note: null,
  actor: { type: 'user', id: '01938f2e-0006-7000-8000-000000000006' },
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
        'What it adds to what the promoter is owed: 0 where a reward is recorded or approved, less ' +
        'where it is paid or taken back.'
    }),
    note: nullable(Type.String({ description: 'How it was paid.' })),
    actor: doneBy(),
    createdAt: Instant()
  },
  {
    $id: 'RewardEntry',
    ...closed,
    description: 'One line of a ledger. Lines are never changed.',
    examples: [ENTRY_EXAMPLE]
  }
)

const RewardTotalsSchema = Type.Object(
  {
    eligible: Type.Integer({ description: 'Earned, not approved yet.' }),
    approved: Type.Integer({ description: 'Approved, not paid yet.' }),
    paid: Type.Integer({ description: 'Paid, without cancelled sales.' }),
    balance: Type.Integer({
      description:
        'What the whole ledger comes to: what is owed. Less than nothing where a sale was ' +
        'cancelled after its reward was paid.'
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
      Type.String({ description: 'Send as `cursor` to read on; null at the end.' })
    )
  },
  {
    $id: 'RewardLedger',
    ...closed,
    description: 'One page of a promoter’s ledger.',
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
