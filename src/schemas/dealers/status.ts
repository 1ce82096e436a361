import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { GROUPS, STATUS_GROUPS } from '../../domain/leads/status-groups.ts'
import type { Status } from '../../domain/leads/status.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, ref, requiredText } from '../shared.ts'

export const Color = () =>
  Type.String({ pattern: /^#[0-9a-fA-F]{6}$/u.source, description: 'For people to tell it by.' })

export const Position = () =>
  Type.Integer({
    minimum: 0,
    maximum: 10_000,
    description: 'Lists are in this order; of equal positions the older status comes first.'
  })

export const StatusSchema = Type.Object(
  {
    id: Id(),
    name: Type.String(),
    group: oneOf(STATUS_GROUPS, 'What it means: see `GET /v1/status-groups`.'),
    color: nullable(Color()),
    position: Type.Integer(),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'Status',
    ...closed,
    examples: [
      {
        id: '01938f2e-0002-7000-8000-000000000012',
        name: 'Test drive booked',
        group: 'qualified',
        color: '#2f9e44',
        position: 4,
        version: 1,
        createdAt: '2026-11-21T17:03:12.345Z',
        updatedAt: '2026-11-21T17:03:12.345Z'
      }
    ]
  }
)

export const CreateStatusSchema = Type.Object(
  {
    name: requiredText(100),
    group: oneOf(STATUS_GROUPS),
    color: Type.Optional(nullable(Color())),
    position: Type.Optional(Position())
  },
  {
    $id: 'CreateStatus',
    ...closed,
    description: 'Without a `position` it comes last.',
    examples: [{ name: 'Test drive booked', group: 'qualified', color: '#2f9e44', position: 4 }]
  }
)

export const PatchStatusSchema = Type.Object(
  {
    name: Type.Optional(requiredText(100)),
    group: Type.Optional(oneOf(STATUS_GROUPS)),
    color: Type.Optional(nullable(Color())),
    position: Type.Optional(Position())
  },
  { $id: 'PatchStatus', ...closed, examples: [{ name: 'Test drive done', color: null }] }
)

export const StatusPageSchema = pageOf(StatusSchema)

export const StatusGroupSchema = Type.Object(
  {
    group: oneOf(STATUS_GROUPS),
    meaning: Type.String(),
    open: Type.Boolean({ description: 'Whether its leads still want somebody’s work.' }),
    system: Type.Boolean({
      description: 'Whether the system itself uses it: a dealer keeps at least one status of it.'
    })
  },
  {
    $id: 'StatusGroup',
    ...closed,
    examples: [{ group: 'new', meaning: GROUPS.new.meaning, open: true, system: true }]
  }
)

export const StatusGroupsSchema = Type.Object(
  { data: Type.Array(ref(StatusGroupSchema)) },
  { $id: 'StatusGroups', ...closed, description: 'All of them; the list never changes.' }
)

export const statusSchemas = [
  StatusSchema,
  CreateStatusSchema,
  PatchStatusSchema,
  StatusPageSchema,
  StatusGroupSchema,
  StatusGroupsSchema
]

export function presentStatus(status: Status): Static<typeof StatusSchema> {
  return {
    ...status,
    createdAt: status.createdAt.toISOString(),
    updatedAt: status.updatedAt.toISOString()
  }
}

export function presentStatusGroups(): Static<typeof StatusGroupsSchema> {
  return {
    data: STATUS_GROUPS.map((group) => ({
      group,
      meaning: GROUPS[group].meaning,
      open: GROUPS[group].isOpen,
      system: GROUPS[group].isSystem
    }))
  }
}
