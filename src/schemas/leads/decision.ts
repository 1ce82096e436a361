import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { Locale } from '../../domain/dealers/dealer.ts'
import { DECISION_OUTCOMES, DECISION_STEPS, STEP_FACTS } from '../../domain/leads/decision.ts'
import type { Decision } from '../../domain/leads/decision.ts'
import { DECISION_REASONS, PASSED_OVER_REASONS } from '../../domain/reasons/decision-reasons.ts'
import { because } from '../../domain/reasons/reasons.ts'
import type { PassedOver } from '../../domain/routing/route.ts'
import { sentenceOf } from '../../wording/reasons.ts'
import { codeMembers, presentReason, reasonMembers } from '../reason.ts'
import { Id, Instant, closed, oneOf, pageOf } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

/** A user who could have got the lead, and the reason they did not. */
export const PassedOverSchema = Type.Object(
  { userId: Id(), ...codeMembers(PASSED_OVER_REASONS) },
  { $id: 'PassedOver', ...closed }
)

const factLines = Object.entries(STEP_FACTS).flatMap(([step, facts]) => [
  `- \`${step}\``,
  ...Object.entries(facts).map(([name, meaning]) => `  - \`${name}\`: ${meaning}`)
])

const DecisionSchema = Type.Object(
  {
    id: Id(),
    step: oneOf(DECISION_STEPS, 'The step that was decided. More steps may follow.'),
    outcome: oneOf(DECISION_OUTCOMES, 'The result. More results may follow.'),
    ...reasonMembers(
      DECISION_REASONS,
      ['The facts that the sentence names, and by step:', '', ...factLines].join('\n')
    ),
    createdAt: Instant()
  },
  {
    $id: 'Decision',
    ...closed,
    description: 'One step that the service took for a lead on its own.',
    examples: [
      {
        id: EXAMPLE_IDS.decision,
        step: 'routed',
        outcome: 'queued',
        ...presentReason(
          { code: 'no_rule_fits', facts: { assigneeId: null, passedOver: [] } },
          'en'
        ),
        createdAt: '2026-11-21T17:03:12.345Z'
      }
    ]
  }
)

export const DecisionPageSchema = pageOf(DecisionSchema)

export const decisionSchemas = [PassedOverSchema, DecisionSchema, DecisionPageSchema]

export function presentDecision(
  { id, step, outcome, createdAt, ...reason }: Decision,
  locale: Locale
): Static<typeof DecisionSchema> {
  const { facts, ...presented } = presentReason(reason, locale)
  const passedOver = passedOverOf(reason)
  return {
    id,
    step,
    outcome,
    ...presented,
    facts: passedOver ? { ...facts, passedOver: presentPassedOver(passedOver, locale) } : facts,
    createdAt: createdAt.toISOString()
  }
}

/** The users that a decision passed over, where it holds any. */
export function passedOverOf({ facts }: Pick<Decision, 'facts'>): PassedOver[] | undefined {
  return facts.passedOver as PassedOver[] | undefined
}

export function presentPassedOver(
  passedOver: readonly PassedOver[],
  locale: Locale
): Static<typeof PassedOverSchema>[] {
  return passedOver.map((one) => ({ ...one, sentence: sentenceOf(because(one.code), locale) }))
}
