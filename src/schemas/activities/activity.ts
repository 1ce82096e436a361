import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import {
  ACTIVITY_STATES,
  ACTIVITY_TYPES,
  ALL_OUTCOMES,
  outcomesOf
} from '../../domain/activities/activity.ts'
import type { Activity, ActivityOutcome } from '../../domain/activities/activity.ts'
import { LEAD_EXAMPLE } from '../leads/lead.ts'
import { Named } from '../named.ts'
import { Id, Instant, closed, nullable, oneOf, changePageOf, text } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const MAX_TEXT = 10_000

export const ActivitySchema = Type.Object(
  {
    id: Id(),
    type: oneOf(ACTIVITY_TYPES),
    state: oneOf(ACTIVITY_STATES),
    text: nullable(Type.String()),
    dueAt: nullable(Instant()),
    doneAt: nullable(Instant('The time when the activity was done. Null in other states.')),
    outcome: nullable(oneOf(ALL_OUTCOMES, 'The outcome of the activity.')),
    feedback: nullable(
      Type.String({
        description: 'Feedback from the user who did the activity to the user who planned it.'
      })
    ),
    remindAt: nullable(Instant('The time of the event `activity.reminder`.')),
    userId: nullable(Id('The user who does the activity.')),
    createdBy: nullable(Id('The id of the user who planned the activity. Null when no user did.')),
    leadId: nullable(Id('The lead of the activity.')),
    clientId: nullable(Id('The client of the activity.')),
    opportunityId: nullable(Id('The opportunity of the activity.')),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'Activity',
    ...closed,
    description: 'A planned or finished piece of work, such as a call or an appointment.',
    examples: [
      {
        id: EXAMPLE_IDS.activity,
        type: 'call',
        state: 'planned',
        text: null,
        dueAt: '2026-11-23T08:00:00.000Z',
        doneAt: null,
        outcome: null,
        feedback: null,
        remindAt: '2026-11-23T07:45:00.000Z',
        userId: EXAMPLE_IDS.user,
        createdBy: EXAMPLE_IDS.user,
        leadId: LEAD_EXAMPLE.id,
        clientId: EXAMPLE_IDS.client,
        opportunityId: null,
        version: 1,
        createdAt: '2026-11-21T17:20:00.000Z',
        updatedAt: '2026-11-21T17:20:00.000Z'
      }
    ]
  }
)

const content = {
  text: Type.Optional(nullable(text(MAX_TEXT))),
  dueAt: Type.Optional(nullable(Instant())),
  doneAt: Type.Optional(
    nullable(
      Instant(
        'The time when the activity was done. Default: now. Allowed only with the state `done`.'
      )
    )
  ),
  outcome: Type.Optional(
    nullable(
      // Checked with the type and the state: a fault names the outcomes of these only.
      Type.Unsafe<ActivityOutcome>({
        type: 'string',
        maxLength: 60,
        description:
          'The outcome. `GET /v1/activity-types` lists the outcomes for each type and state.'
      })
    )
  ),
  feedback: Type.Optional(
    nullable(
      text(MAX_TEXT, 'Feedback from the user who did the activity to the user who planned it.')
    )
  ),
  remindAt: Type.Optional(
    nullable(Instant('The time to remind the user. A time in the past has no effect.'))
  )
}

export const CreateActivitySchema = Type.Object(
  {
    type: oneOf(ACTIVITY_TYPES),
    state: Type.Optional(oneOf(ACTIVITY_STATES, 'Default: planned.')),
    ...content,
    userId: Type.Optional(nullable(Named('user', 'Default: the calling user; null for a key.'))),
    leadId: Type.Optional(nullable(Id())),
    clientId: Type.Optional(nullable(Id('Default: the opportunity’s client.'))),
    opportunityId: Type.Optional(nullable(Id('An opportunity of that client.')))
  },
  {
    $id: 'CreateActivity',
    ...closed,
    examples: [
      {
        type: 'test_drive',
        dueAt: '2026-11-24T14:00:00Z',
        text: 'Bring the blue one round.',
        leadId: LEAD_EXAMPLE.id
      }
    ]
  }
)

export const PatchActivitySchema = Type.Object(
  {
    type: Type.Optional(oneOf(ACTIVITY_TYPES)),
    state: Type.Optional(oneOf(ACTIVITY_STATES)),
    ...content,
    userId: Type.Optional(nullable(Named('user')))
  },
  {
    $id: 'PatchActivity',
    ...closed,
    examples: [{ state: 'done', outcome: 'reached', feedback: 'Wants an offer.' }]
  }
)

export const ActivityPageSchema = changePageOf(ActivitySchema)

const TypeSchema = Type.Object(
  {
    type: oneOf(ACTIVITY_TYPES),
    outcomes: Type.Object(
      { done: Type.Array(oneOf(ALL_OUTCOMES)), missed: Type.Array(oneOf(ALL_OUTCOMES)) },
      { ...closed, description: 'The outcomes that a done or missed activity can have.' }
    )
  },
  closed
)

/** Every type, with the outcomes it can have. */
const TYPES: Static<typeof TypeSchema>[] = ACTIVITY_TYPES.map((type) => ({
  type,
  outcomes: { done: [...outcomesOf(type, 'done')], missed: [...outcomesOf(type, 'missed')] }
}))

export const ActivityTypeListSchema = Type.Object(
  { data: Type.Array(TypeSchema) },
  { $id: 'ActivityTypeList', ...closed, examples: [{ data: TYPES.slice(0, 1) }] }
)

export function presentActivityTypes(): Static<typeof ActivityTypeListSchema> {
  return { data: TYPES }
}

export const activitySchemas = [
  ActivitySchema,
  CreateActivitySchema,
  PatchActivitySchema,
  ActivityPageSchema,
  ActivityTypeListSchema
]

export function presentActivity(activity: Activity): Static<typeof ActivitySchema> {
  const { watchAt: _, ...shown } = activity
  return {
    ...shown,
    dueAt: activity.dueAt?.toISOString() ?? null,
    doneAt: activity.doneAt?.toISOString() ?? null,
    remindAt: activity.remindAt?.toISOString() ?? null,
    createdAt: activity.createdAt.toISOString(),
    updatedAt: activity.updatedAt.toISOString()
  }
}
