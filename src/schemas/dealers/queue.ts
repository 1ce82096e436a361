import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { ROLES } from '../../domain/access/permissions.ts'
import type { Queue, QueueMember } from '../../domain/access/user.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, ref } from '../shared.ts'
import { uniqueName } from '../unique-name.ts'
import { WorkingHoursSchema } from '../clock/working-hours.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const QueueSchema = Type.Object(
  {
    id: Id(),
    name: Type.String(),
    isDefault: Type.Boolean({
      description: 'The queue for leads that no rule assigns. There is exactly one.'
    }),
    workingHours: nullable(
      ref(WorkingHoursSchema, "What counts as time for leads that wait here; null: the dealer's.")
    ),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'Queue',
    ...closed,
    examples: [
      {
        id: EXAMPLE_IDS.usedCarsQueue,
        name: 'Used cars',
        isDefault: false,
        workingHours: null,
        version: 1,
        createdAt: '2026-11-21T17:03:12.345Z',
        updatedAt: '2026-11-21T17:03:12.345Z'
      }
    ]
  }
)

const hours = {
  workingHours: Type.Optional(nullable(ref(WorkingHoursSchema, "Null: the dealer's.")))
}

export const CreateQueueSchema = Type.Object(
  { name: uniqueName(100), ...hours },
  { $id: 'CreateQueue', ...closed, examples: [{ name: 'Used cars' }] }
)

export const PatchQueueSchema = Type.Object(
  { name: Type.Optional(uniqueName(100)), ...hours },
  { $id: 'PatchQueue', ...closed, examples: [{ name: 'Used and certified cars' }] }
)

export const QueuePageSchema = pageOf(QueueSchema)

const QueueMemberSchema = Type.Object(
  {
    userId: Id(),
    name: Type.String(),
    role: oneOf(ROLES),
    active: Type.Boolean(),
    since: Instant('The time when the user joined the queue.')
  },
  {
    $id: 'QueueMember',
    ...closed,
    examples: [
      {
        userId: EXAMPLE_IDS.user,
        name: 'Anna Nowak',
        role: 'member',
        active: true,
        since: '2026-11-21T17:03:12.345Z'
      }
    ]
  }
)

export const QueueMemberPageSchema = pageOf(QueueMemberSchema)

export const queueSchemas = [
  QueueSchema,
  CreateQueueSchema,
  PatchQueueSchema,
  QueuePageSchema,
  QueueMemberSchema,
  QueueMemberPageSchema
]

export function presentQueue(queue: Queue): Static<typeof QueueSchema> {
  return {
    ...queue,
    createdAt: queue.createdAt.toISOString(),
    updatedAt: queue.updatedAt.toISOString()
  }
}

export function presentQueueMember(member: QueueMember): Static<typeof QueueMemberSchema> {
  return { ...member, since: member.since.toISOString() }
}
