import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { ELIGIBLE_WHEN } from '../../domain/sales/reward.ts'
import type { RewardProgramme } from '../../domain/sales/reward.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, text, wordsText } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const eligibleWhen = () =>
  oneOf(
    ELIGIBLE_WHEN,
    'The event that makes a reward eligible: the record of the sale, or a sale status of ' +
      'group `fulfilled`.'
  )

const points = () =>
  Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'The points for one sale.' })

const active = () =>
  Type.Boolean({
    description:
      'Whether new sales get rewards by this programme. The activation deactivates the ' +
      'current programme.'
  })

export const RewardProgrammeSchema = Type.Object(
  {
    id: Id(),
    name: Type.String(),
    description: nullable(Type.String()),
    pointsPerSale: Type.Integer(),
    eligibleWhen: eligibleWhen(),
    active: active(),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'RewardProgramme',
    ...closed,
    description: 'The points that promoters get for sales.',
    examples: [
      {
        id: EXAMPLE_IDS.rewardProgramme,
        name: 'Winter',
        description: 'One point is one złoty.',
        pointsPerSale: 500,
        eligibleWhen: 'fulfilled',
        active: true,
        version: 1,
        createdAt: '2026-11-21T17:03:12.345Z',
        updatedAt: '2026-11-21T17:03:12.345Z'
      }
    ]
  }
)

export const CreateRewardProgrammeSchema = Type.Object(
  {
    name: wordsText(100),
    description: Type.Optional(nullable(text(2_000))),
    pointsPerSale: points(),
    eligibleWhen: Type.Optional(eligibleWhen()),
    active: Type.Optional(active())
  },
  {
    $id: 'CreateRewardProgramme',
    ...closed,
    description: 'Default: `fulfilled` and not active.',
    examples: [{ name: 'Winter', pointsPerSale: 500, eligibleWhen: 'fulfilled', active: true }]
  }
)

export const PatchRewardProgrammeSchema = Type.Object(
  {
    name: Type.Optional(wordsText(100)),
    description: Type.Optional(nullable(text(2_000))),
    pointsPerSale: Type.Optional(points()),
    eligibleWhen: Type.Optional(eligibleWhen()),
    active: Type.Optional(active())
  },
  {
    $id: 'PatchRewardProgramme',
    ...closed,
    description: 'Existing rewards keep their points and their rule.',
    examples: [{ pointsPerSale: 600, active: true }]
  }
)

export const RewardProgrammePageSchema = pageOf(RewardProgrammeSchema)

export const rewardProgrammeSchemas = [
  RewardProgrammeSchema,
  CreateRewardProgrammeSchema,
  PatchRewardProgrammeSchema,
  RewardProgrammePageSchema
]

export function presentProgramme(programme: RewardProgramme): Static<typeof RewardProgrammeSchema> {
  return {
    ...programme,
    createdAt: programme.createdAt.toISOString(),
    updatedAt: programme.updatedAt.toISOString()
  }
}
