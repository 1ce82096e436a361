import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { ACTIVITY_STATES, ACTIVITY_TYPES } from '../../domain/activities/activity.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import { LEAD_EXAMPLE } from '../leads/lead-examples.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, text } from '../shared.ts'

const MAX_TEXT = 10_000

export const ActivitySchema = Type.Object(
  {
    id: Id(),
    type: oneOf(ACTIVITY_TYPES),
    state: oneOf(ACTIVITY_STATES),
    text: nullable(Type.String()),
    dueAt: nullable(Instant()),
    doneAt: nullable(Instant('Set while the state is `done`.')),
    userId: nullable(Id('Whose it is.')),
    leadId: nullable(Id('The lead it is about.')),
    clientId: nullable(Id('The client it is about.')),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'Activity',
    ...closed,
    description: 'Something done, or to be done, with a person.',
    examples: [
      {
        id: '01938f2e-0007-7000-8000-000000000007',
        type: 'call',
        state: 'planned',
        text: null,
        dueAt: '2026-11-23T08:00:00.000Z',
        doneAt: null,
        userId: '01938f2e-0006-7000-8000-000000000006',
        leadId: LEAD_EXAMPLE.id,
        clientId: '01938f2e-0005-7000-8000-000000000005',
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
  doneAt: Type.Optional(nullable(Instant('When it was done; default: now. Only where it is done.')))
}

export const CreateActivitySchema = Type.Object(
  {
    type: oneOf(ACTIVITY_TYPES),
    state: Type.Optional(oneOf(ACTIVITY_STATES, 'Default: planned.')),
    ...content,
    userId: Type.Optional(nullable(Id('Default: the user who asks; nobody, where a key does.'))),
    leadId: Type.Optional(nullable(Id())),
    clientId: Type.Optional(nullable(Id()))
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
    userId: Type.Optional(nullable(Id()))
  },
  { $id: 'PatchActivity', ...closed, examples: [{ state: 'done', text: 'Wants an offer.' }] }
)

export const ActivityPageSchema = pageOf(ActivitySchema)

export const activitySchemas = [
  ActivitySchema,
  CreateActivitySchema,
  PatchActivitySchema,
  ActivityPageSchema
]

export function presentActivity(activity: Activity): Static<typeof ActivitySchema> {
  const { outcome: _outcome, feedback: _feedback, ...rest } = activity
  const { remindAt: _remindAt, watchAt: _watchAt, createdBy: _createdBy, ...shown } = rest
  return {
    ...shown,
    dueAt: activity.dueAt?.toISOString() ?? null,
    doneAt: activity.doneAt?.toISOString() ?? null,
    createdAt: activity.createdAt.toISOString(),
    updatedAt: activity.updatedAt.toISOString()
  }
}
