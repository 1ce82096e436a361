import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { DECISION_STEPS } from '../../domain/leads/decision.ts'
import type { Decision } from '../../domain/leads/decision.ts'
import { Id, Instant, closed, oneOf, pageOf } from '../shared.ts'

export const DecisionSchema = Type.Object(
  {
    id: Id(),
    step: oneOf(DECISION_STEPS, 'What was decided. The list grows.'),
    outcome: Type.String({ description: 'What came of it, in a word.' }),
    reason: Type.String({ description: 'Why, in words for people.' }),
    considered: Type.Object(
      {},
      { additionalProperties: true, description: 'What it was decided from.' }
    ),
    createdAt: Instant()
  },
  {
    $id: 'Decision',
    ...closed,
    description: 'One step that the system took for a lead on its own.',
    examples: [
      {
        id: '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d70',
        step: 'routed',
        outcome: 'queued',
        reason: 'no rule fits: it waits in the default queue',
        considered: { assigneeId: null, passedOver: [] },
        createdAt: '2026-11-21T17:03:12.345Z'
      }
    ]
  }
)

export const DecisionPageSchema = pageOf(DecisionSchema)

export const decisionSchemas = [DecisionSchema, DecisionPageSchema]

export function presentDecision(decision: Decision): Static<typeof DecisionSchema> {
  const { leadId: _, createdAt, ...rest } = decision
  return { ...rest, createdAt: createdAt.toISOString() }
}
