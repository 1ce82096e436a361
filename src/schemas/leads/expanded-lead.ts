import { Type } from '@fastify/type-provider-typebox'

import { closed, nullable } from '../shared.ts'

/** By name: the schemas of these records import this one. */
const recordOf = (name: string) => Type.Unsafe<object>({ $ref: `${name}#` })

export const ExpandedLeadSchema = Type.Object(
  {
    client: Type.Optional(nullable(recordOf('Client'))),
    assignee: Type.Optional(nullable(recordOf('User'))),
    nextAction: Type.Optional(nullable(recordOf('Activity')))
  },
  {
    $id: 'ExpandedLead',
    ...closed,
    description:
      'The records that `expand` names. Null: there is none, or the caller does not see it.',
    examples: [{ client: null, nextAction: null }]
  }
)
