import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { STATUS_GROUPS } from '../../domain/leads/status-groups.ts'
import type { Criteria } from '../../domain/rules/criteria.ts'
import { ENGAGEMENT_TYPES } from '../../domain/scoring/engagement.ts'
import { RECOMPUTATION_STATES } from '../../domain/scoring/recomputation.ts'
import type { Recomputation } from '../../domain/scoring/recomputation.ts'
import type { ScoringRules } from '../../domain/scoring/scoring-rules.ts'
import { Id, Instant, closed, nullable, oneOf, ref, wordsText } from '../shared.ts'
import { CriteriaSchema } from '../rules/criteria.ts'
import { listRuleSetSchemas, ruleSetSchemas } from '../rules/rule-set.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const MAX_ATTRIBUTES = 100
const MAX_MOVEMENTS = 50

const Points = () =>
  Type.Integer({ minimum: -1000, maximum: 1000, description: 'Negative points lower the score.' })
const Name = () => wordsText(100, 'The display name. The parts of a score quote it.')

const AttributePointsSchema = Type.Object(
  { name: Name(), criteria: ref(CriteriaSchema), points: Points() },
  { $id: 'AttributePoints', ...closed }
)

const MovementPointsSchema = Type.Object(
  {
    name: Name(),
    from: oneOf(STATUS_GROUPS),
    to: oneOf(STATUS_GROUPS),
    withinDays: Type.Number({ exclusiveMinimum: 0, maximum: 3650 }),
    points: Points()
  },
  {
    $id: 'MovementPoints',
    ...closed,
    description:
      'Points for a lead that moved from one status group to another within a number of ' +
      'days, directly or through other groups. They count once.'
  }
)

const EngagementPointsSchema = Type.Object(
  Object.fromEntries(ENGAGEMENT_TYPES.map((type) => [type, Type.Optional(Points())])),
  {
    $id: 'EngagementPoints',
    ...closed,
    description:
      'The points of an engagement of each type at weight 1. Omitted types have no points.'
  }
)

const members = {
  attributes: Type.Array(ref(AttributePointsSchema), {
    maxItems: MAX_ATTRIBUTES,
    description: 'Points for fields of the lead. Criteria can’t use its score or temperature.'
  }),
  engagement: ref(EngagementPointsSchema),
  movement: Type.Array(ref(MovementPointsSchema), { maxItems: MAX_MOVEMENTS }),
  halfLifeDays: nullable(
    Type.Number({
      minimum: 0.01,
      maximum: 3650,
      description:
        'The days after which the points of an engagement are halved. Null: they do not fade.'
    })
  ),
  thresholds: nullable(
    Type.Object(
      {
        hot: Type.Integer({ minimum: -100_000, maximum: 100_000 }),
        warm: Type.Integer({ minimum: -100_000, maximum: 100_000 })
      },
      {
        ...closed,
        description:
          'The lowest scores of a hot and a warm lead. A lead below both is cold. Null: ' +
          'scores set no temperature.'
      }
    )
  )
}

const ScoringRulesSchema = Type.Object(members, {
  $id: 'ScoringRules',
  ...closed,
  description:
    'The score of a lead is the rounded sum of its points: for its fields, for its moves ' +
    'between status groups, and for the engagements of its person. Points for engagements ' +
    'fade with a half-life.'
})

export const ScoringRulesInputSchema = Type.Object(
  {
    attributes: Type.Optional(members.attributes),
    engagement: Type.Optional(members.engagement),
    movement: Type.Optional(members.movement),
    halfLifeDays: Type.Optional(members.halfLifeDays),
    thresholds: Type.Optional(members.thresholds)
  },
  { $id: 'ScoringRulesInput', ...closed }
)

const EXAMPLE = {
  attributes: [
    {
      name: 'Wants credit',
      criteria: { field: 'type', equals: 'prequalification' },
      points: 30
    },
    { name: 'Names a vehicle', criteria: { field: 'vehicle.make', exists: true }, points: 10 },
    { name: 'Can be called', criteria: { field: 'contact.phoneValid', equals: true }, points: 5 }
  ],
  engagement: { site_visit: 5, page_view: 1, mail_opened: 2, mail_clicked: 8, opted_out: -40 },
  movement: [
    { name: 'Qualified within two days', from: 'new', to: 'qualified', withinDays: 2, points: 15 }
  ],
  halfLifeDays: 7,
  thresholds: { hot: 60, warm: 25 }
}

export const scoringRuleSetSchemas = ruleSetSchemas('ScoringRules', {
  content: ScoringRulesSchema,
  input: ScoringRulesInputSchema,
  example: EXAMPLE,
  id: EXAMPLE_IDS.scoringRules,
  note: 'More points for requests for credit'
})

export const RecomputationSchema = Type.Object(
  {
    id: Id(),
    ruleSetId: Id(),
    state: oneOf(RECOMPUTATION_STATES, '`superseded`: newer rules were published before the end.'),
    total: Type.Integer({ description: 'The number of open leads at the start.' }),
    done: Type.Integer({ description: 'The number of recomputed leads.' }),
    percent: Type.Integer({ minimum: 0, maximum: 100 }),
    startedAt: nullable(Instant()),
    finishedAt: nullable(Instant())
  },
  {
    $id: 'Recomputation',
    ...closed,
    description: 'The recomputation of all open leads after scoring rules are published.',
    examples: [
      {
        id: EXAMPLE_IDS.recomputation,
        ruleSetId: EXAMPLE_IDS.scoringRules,
        state: 'running',
        total: 20_000,
        done: 4_400,
        percent: 22,
        startedAt: '2026-11-22T08:00:00.120Z',
        finishedAt: null
      }
    ]
  }
)

export const scoringRuleSchemas = [
  AttributePointsSchema,
  MovementPointsSchema,
  EngagementPointsSchema,
  ScoringRulesSchema,
  ScoringRulesInputSchema,
  RecomputationSchema,
  ...listRuleSetSchemas(scoringRuleSetSchemas)
]

/** Rules without anything: every lead has the score 0. */
export const NO_SCORING_RULES: ScoringRules = {
  attributes: [],
  engagement: {},
  movement: [],
  halfLifeDays: null,
  thresholds: null
}

export function readScoringRules(input: Static<typeof ScoringRulesInputSchema>): ScoringRules {
  return { ...NO_SCORING_RULES, ...input }
}

/** Whether criteria ask for what comes of scores. */
export function asksForScore({ all = [], any = [], not, field }: Criteria): boolean {
  const parts = [...all, ...any, ...(not ? [not] : [])]
  return field === 'score' || field === 'temperature' || parts.some(asksForScore)
}

export function presentRecomputation(run: Recomputation): Static<typeof RecomputationSchema> {
  const { id, ruleSetId, state, total, done } = run
  const share = total === 0 ? 0 : Math.min(1, done / total)
  return {
    id,
    ruleSetId,
    state,
    total,
    done,
    percent: state === 'done' ? 100 : Math.floor(share * 100),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null
  }
}
