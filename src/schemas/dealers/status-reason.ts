import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { REASONED_GROUPS } from '../../domain/dealers/status-reason.ts'
import type { StatusReason } from '../../domain/dealers/status-reason.ts'
import { Id, Instant, closed, oneOf, pageOf } from '../shared.ts'
import { uniqueName } from '../unique-name.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const Position = () =>
  Type.Integer({ minimum: 0, maximum: 1_000, description: 'The place in the list.' })
const Active = () =>
  Type.Boolean({ description: 'An inactive reason stays on its leads, and can’t be chosen.' })

export const StatusReasonSchema = Type.Object(
  {
    id: Id(),
    key: Type.String({ description: 'The name of the reason in requests. It can’t change.' }),
    name: Type.String(),
    group: oneOf(REASONED_GROUPS, 'The status group whose leads have it.'),
    position: Position(),
    active: Active(),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'StatusReason',
    ...closed,
    description: 'A reason of the dealer’s list for lost and deleted leads.',
    examples: [
      {
        id: EXAMPLE_IDS.statusReason,
        key: 'bought-elsewhere',
        name: 'Bought elsewhere',
        group: 'lost',
        position: 0,
        active: true,
        version: 1,
        createdAt: '2026-11-21T17:03:12.345Z',
        updatedAt: '2026-11-21T17:03:12.345Z'
      }
    ]
  }
)

export const CreateStatusReasonSchema = Type.Object(
  {
    key: Type.String({
      pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/u.source,
      maxLength: 60,
      description: 'Lower-case letters, digits and hyphens.'
    }),
    name: uniqueName(),
    group: oneOf(REASONED_GROUPS),
    position: Type.Optional(Position()),
    active: Type.Optional(Active())
  },
  {
    $id: 'CreateStatusReason',
    ...closed,
    examples: [{ key: 'moved-away', name: 'Moved away', group: 'lost' }]
  }
)

export const PatchStatusReasonSchema = Type.Object(
  {
    name: Type.Optional(uniqueName()),
    position: Type.Optional(Position()),
    active: Type.Optional(Active())
  },
  { $id: 'PatchStatusReason', ...closed, examples: [{ active: false }] }
)

export const StatusReasonPageSchema = pageOf(StatusReasonSchema)

export const statusReasonSchemas = [
  StatusReasonSchema,
  CreateStatusReasonSchema,
  PatchStatusReasonSchema,
  StatusReasonPageSchema
]

export function presentStatusReason(reason: StatusReason): Static<typeof StatusReasonSchema> {
  return {
    ...reason,
    createdAt: reason.createdAt.toISOString(),
    updatedAt: reason.updatedAt.toISOString()
  }
}
