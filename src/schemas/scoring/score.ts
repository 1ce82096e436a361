import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { Locale } from '../../domain/dealers/dealer.ts'
import type { Decision } from '../../domain/leads/decision.ts'
import { TEMPERATURES, TEMPERATURE_ORIGINS } from '../../domain/leads/temperature.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { ENGAGEMENT_TYPES } from '../../domain/scoring/engagement.ts'
import type { Engagement } from '../../domain/scoring/engagement.ts'
import type { ScoreNow } from '../../domain/scoring/standing.ts'
import { sentenceOf } from '../../wording/reasons.ts'
import { codeMembers } from '../reason.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, ref, text } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const CreateEngagementSchema = Type.Object(
  {
    type: oneOf(ENGAGEMENT_TYPES),
    occurredAt: Type.Optional(
      Instant('Default: now. At most ten years ago, and not in the future.')
    ),
    weight: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 100,
        description: 'A factor for the points of the engagement. Default: 1.'
      })
    ),
    page: Type.Optional(nullable(text(2000, 'The URL or the name of the page.')))
  },
  {
    $id: 'CreateEngagement',
    ...closed,
    examples: [
      {
        type: 'site_visit',
        occurredAt: '2026-11-21T19:20:00Z',
        page: 'https://dealer.example/ceed'
      }
    ]
  }
)

export const EngagementSchema = Type.Object(
  {
    id: Id(),
    leadId: Id(),
    type: oneOf(ENGAGEMENT_TYPES),
    weight: Type.Number(),
    page: nullable(Type.String()),
    occurredAt: Instant(),
    createdAt: Instant()
  },
  {
    $id: 'Engagement',
    ...closed,
    description: 'An action of a lead’s person, reported by a tracker. It never changes.',
    examples: [
      {
        id: EXAMPLE_IDS.engagement,
        leadId: EXAMPLE_IDS.lead,
        type: 'site_visit',
        weight: 1,
        page: 'https://dealer.example/ceed',
        occurredAt: '2026-11-21T19:20:00.000Z',
        createdAt: '2026-11-21T19:20:01.215Z'
      }
    ]
  }
)

export const EngagementPageSchema = pageOf(EngagementSchema)

const ScorePartSchema = Type.Object(
  {
    kind: oneOf(['attribute', 'engagement', 'movement']),
    name: Type.String({ description: 'The name of the rule, or the type of the engagement.' }),
    points: Type.Number({
      description: 'The points, to two decimals. The rounded sum of all parts is the score.'
    })
  },
  { $id: 'ScorePart', ...closed }
)

const PARTS = [
  { kind: 'attribute' as const, name: 'Names a vehicle', points: 10 },
  { kind: 'engagement' as const, name: 'site_visit', points: 33.86 }
]

export const LeadScoreSchema = Type.Object(
  {
    score: nullable(
      Type.Integer({ description: 'The score. Null when no scoring rules are published.' })
    ),
    temperature: nullable(oneOf(TEMPERATURES)),
    temperatureBy: nullable(oneOf(TEMPERATURE_ORIGINS)),
    parts: Type.Array(ref(ScorePartSchema)),
    ruleSetId: nullable(Id('The version of the scoring rules.')),
    computedAt: nullable(Instant()),
    coolAt: nullable(
      Instant(
        'The time of the next change of score or temperature without an action. Null: there is ' +
          'none.'
      )
    )
  },
  {
    $id: 'LeadScore',
    ...closed,
    description:
      'The score of a lead at this moment, and its parts. The field `score` of the lead is ' +
      'from the last computation: scores are recomputed when the lead changes, when fading ' +
      'changes the temperature, and at least once in each half-life.',
    examples: [
      {
        score: 44,
        temperature: 'warm',
        temperatureBy: 'score',
        parts: PARTS,
        ruleSetId: EXAMPLE_IDS.scoringRules,
        computedAt: '2026-11-22T08:00:00.120Z',
        coolAt: '2026-11-29T08:00:00.120Z'
      }
    ]
  }
)

const SCORED_REASONS = { points_given: [], no_points: [] }

const ScoreHistoryEntrySchema = Type.Object(
  {
    id: Id(),
    score: Type.Integer(),
    temperature: nullable(oneOf(TEMPERATURES, 'The temperature by the thresholds of the rules.')),
    parts: Type.Array(ref(ScorePartSchema)),
    ruleSetId: nullable(Id()),
    ...codeMembers(SCORED_REASONS),
    computedAt: Instant()
  },
  {
    $id: 'ScoreHistoryEntry',
    ...closed,
    description: 'An earlier score of a lead, with its parts.',
    examples: [
      {
        id: EXAMPLE_IDS.score,
        score: 44,
        temperature: 'warm',
        parts: PARTS,
        ruleSetId: EXAMPLE_IDS.scoringRules,
        code: 'points_given',
        sentence: sentenceOf(because('points_given'), 'en'),
        computedAt: '2026-11-22T08:00:00.120Z'
      }
    ]
  }
)

export const ScoreHistoryPageSchema = pageOf(ScoreHistoryEntrySchema)

export const scoreSchemas = [
  CreateEngagementSchema,
  EngagementSchema,
  EngagementPageSchema,
  ScorePartSchema,
  LeadScoreSchema,
  ScoreHistoryEntrySchema,
  ScoreHistoryPageSchema
]

export function presentEngagement(engagement: Engagement): Static<typeof EngagementSchema> {
  const { occurredAt, createdAt, ...rest } = engagement
  return {
    ...rest,
    occurredAt: occurredAt.toISOString(),
    createdAt: createdAt.toISOString()
  }
}

export function presentScore(score: ScoreNow): Static<typeof LeadScoreSchema> {
  const { computedAt, coolAt, ...rest } = score
  return {
    ...rest,
    computedAt: computedAt?.toISOString() ?? null,
    coolAt: coolAt?.toISOString() ?? null
  }
}

type ScoreHistoryEntry = Static<typeof ScoreHistoryEntrySchema>

/** A decision about a score, as an entry of its history. */
export function presentScoreHistoryEntry(
  { id, code, facts, createdAt }: Decision,
  locale: Locale
): ScoreHistoryEntry {
  const { score, parts, ruleSetId, temperature } = facts as Pick<
    ScoreHistoryEntry,
    'score' | 'parts' | 'ruleSetId' | 'temperature'
  >
  return {
    id,
    score,
    temperature,
    parts,
    ruleSetId,
    code: code === 'no_points' ? code : 'points_given',
    sentence: sentenceOf({ code, facts }, locale),
    computedAt: createdAt.toISOString()
  }
}
