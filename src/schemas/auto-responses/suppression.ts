import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { SUPPRESSION_REASONS } from '../../domain/auto-responses/suppression.ts'
import type { Suppression } from '../../domain/auto-responses/suppression.ts'
import { ACTOR_TYPES } from '../../domain/events/event.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, wordsText } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const SuppressionSchema = Type.Object(
  {
    id: Id(),
    email: Type.String({ description: 'The address in lower case, as used for comparison.' }),
    reason: oneOf(
      SUPPRESSION_REASONS,
      '`unsubscribed`: the person used the link in a mail. `requested`: a user entered the ' +
        'address.'
    ),
    leadId: nullable(Id('The lead of the mail with the used link.')),
    createdBy: Type.Object({ type: oneOf(ACTOR_TYPES), id: nullable(Id()) }, closed),
    createdAt: Instant()
  },
  {
    $id: 'Suppression',
    ...closed,
    examples: [
      {
        id: EXAMPLE_IDS.suppression,
        email: 'ada@example.com',
        reason: 'unsubscribed',
        leadId: EXAMPLE_IDS.lead,
        createdBy: { type: 'public', id: null },
        createdAt: '2026-11-21T17:03:12.345Z'
      }
    ]
  }
)

export const CreateSuppressionSchema = Type.Object(
  { email: wordsText(254) },
  { $id: 'CreateSuppression', ...closed, examples: [{ email: 'ada@example.com' }] }
)

export const SuppressionPageSchema = pageOf(SuppressionSchema)

export const suppressionSchemas = [
  SuppressionSchema,
  CreateSuppressionSchema,
  SuppressionPageSchema
]

export function presentSuppression(suppression: Suppression): Static<typeof SuppressionSchema> {
  const { id, emailKey, reason, leadId, actor, createdAt } = suppression
  return {
    id,
    email: emailKey,
    reason,
    leadId,
    createdBy: { type: actor.type, id: actor.id },
    createdAt: createdAt.toISOString()
  }
}
