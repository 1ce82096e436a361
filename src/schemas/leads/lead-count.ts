import { Type } from '@fastify/type-provider-typebox'

import { MAX_COUNTED } from '../../domain/leads/lead-count.ts'
import { closed, nullable, ref } from '../shared.ts'

const LeadCountSchema = Type.Object(
  {
    value: nullable(
      Type.String({
        description:
          'As the filter of this name takes it: an id or a word. Null: leads without. Of reasons, ' +
          '`free-text`: leads whose reason is a text of their own.'
      })
    ),
    name: nullable(
      Type.String({ description: 'The name of the value, such as that of the status or user.' })
    ),
    count: Type.Integer({ minimum: 0 })
  },
  { $id: 'LeadCount', ...closed, examples: [{ value: 'hot', name: 'hot', count: 17 }] }
)

export const LeadCountsSchema = Type.Object(
  {
    data: Type.Array(ref(LeadCountSchema)),
    total: Type.Integer({ minimum: 0 }),
    isExact: Type.Boolean({
      description: `False: the counts are of the newest ${MAX_COUNTED.toLocaleString('en')} leads, and there are more.`
    })
  },
  {
    $id: 'LeadCounts',
    ...closed,
    examples: [
      {
        data: [
          { value: 'hot', name: 'hot', count: 17 },
          { value: 'warm', name: 'warm', count: 40 },
          { value: 'cold', name: 'cold', count: 212 },
          { value: null, name: null, count: 3 }
        ],
        total: 272,
        isExact: true
      }
    ]
  }
)

export const leadCountSchemas = [LeadCountSchema, LeadCountsSchema]
