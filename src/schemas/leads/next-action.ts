import { Type } from 'typebox'
import type { Static } from 'typebox'

import { ACTIVITY_TYPES } from '../../domain/activities/activity.ts'
import type { NextAction } from '../../domain/leads/lead.ts'
import { Id, Instant, closed, nullable, oneOf } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const NextActionSchema = Type.Object(
  {
    id: Id(),
    type: oneOf(ACTIVITY_TYPES),
    dueAt: nullable(Instant()),
    userId: nullable(Id('The user who does the activity.'))
  },
  {
    $id: 'NextAction',
    ...closed,
    description:
      'The planned activity with the earliest `dueAt`. Activities without `dueAt` come last.',
    examples: [
      {
        id: EXAMPLE_IDS.activity,
        type: 'call',
        dueAt: '2026-11-23T08:00:00.000Z',
        userId: EXAMPLE_IDS.user
      }
    ]
  }
)

export function presentNextAction(
  action: NextAction | null
): Static<typeof NextActionSchema> | null {
  return action && { ...action, dueAt: action.dueAt?.toISOString() ?? null }
}
