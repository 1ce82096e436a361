import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { GROUPS, STATUS_GROUPS } from '../../domain/leads/status-groups.ts'
import { closed, oneOf, ref } from '../shared.ts'
import { namedStatusSchemas } from './named-status.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const StatusSchemas = namedStatusSchemas('Status', STATUS_GROUPS, {
  meaning: 'The meaning of the status: see `GET /v1/status-groups`.',
  example: {
    id: EXAMPLE_IDS.statusTestDrive,
    name: 'Test drive booked',
    group: 'qualified',
    position: 4
  },
  patchExample: { name: 'Test drive done', color: null }
})

const StatusGroupSchema = Type.Object(
  {
    group: oneOf(STATUS_GROUPS),
    meaning: Type.String(),
    open: Type.Boolean({ description: 'Whether leads in this status still need work.' }),
    system: Type.Boolean({
      description:
        'Whether the service uses the group. A dealer has at least one status of such a group.'
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
  { $id: 'StatusGroups', ...closed, description: 'All status groups.' }
)

export const statusSchemas = [
  ...Object.values(StatusSchemas),
  StatusGroupSchema,
  StatusGroupsSchema
]

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
