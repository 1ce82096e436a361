import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { MAX_MERGED, MERGE_SIDES } from '../../domain/clients/merge.ts'
import type { MergePreview } from '../../domain/clients/merge.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'
import { ReferenceSchema, closed, oneOf, ref } from '../shared.ts'
import { CLIENT_EXAMPLE } from './lead-link.ts'
import { jsonValue, plainValue } from './plain-value.ts'

const MergedFieldSchema = Type.Object(
  {
    field: Type.String({
      description:
        'Such as `contact.language` or `customFields.budget`. `contact.name` has all parts of a name.'
    }),
    remaining: jsonValue(
      'The value of the remaining client. E-mails and phones are lists of texts.'
    ),
    merged: jsonValue('The value of the merged client.'),
    value: jsonValue('The value after the merge.'),
    from: oneOf([...MERGE_SIDES, 'both'], 'Whose value that is. `both`: it has parts of both.'),
    isChoice: Type.Boolean({ description: 'Whether `fields` of a merge can choose the value.' })
  },
  { $id: 'MergedField', ...closed }
)

const count = (records: string) =>
  Type.Integer({ minimum: 0, maximum: MAX_MERGED + 1, description: `The number of ${records}.` })

export const MergePreviewSchema = Type.Object(
  {
    remaining: ref(ReferenceSchema),
    merged: ref(ReferenceSchema),
    fields: Type.Array(ref(MergedFieldSchema), {
      description: 'The fields in which the clients differ, with the proposed values.'
    }),
    moves: Type.Object(
      {
        leads: count('leads'),
        activities: count('activities'),
        opportunities: count('opportunities'),
        sales: count('sales')
      },
      {
        ...closed,
        description: `The records that would move. More than ${MAX_MERGED} of a kind are refused.`
      }
    )
  },
  {
    $id: 'MergePreview',
    ...closed,
    examples: [
      {
        remaining: { id: CLIENT_EXAMPLE.id, name: 'Łukasz Żółć' },
        merged: { id: EXAMPLE_IDS.otherClient, name: 'Lukasz Zolc' },
        fields: [
          {
            field: 'contact.phones',
            remaining: ['+48601234567'],
            merged: ['+48602345678'],
            value: ['+48601234567', '+48602345678'],
            from: 'both',
            isChoice: false
          },
          {
            field: 'contact.language',
            remaining: 'en',
            merged: 'pl',
            value: 'en',
            from: 'remaining',
            isChoice: true
          }
        ],
        moves: { leads: 2, activities: 3, opportunities: 0, sales: 0 }
      }
    ]
  }
)

export const mergePreviewSchemas = [MergedFieldSchema, MergePreviewSchema]

export function presentMergePreview({
  remaining,
  merged,
  fields,
  moves
}: MergePreview): Static<typeof MergePreviewSchema> {
  return {
    remaining: { id: remaining.id, name: remaining.displayName },
    merged: { id: merged.id, name: merged.displayName },
    fields: fields.map((row) => ({
      field: row.field,
      remaining: plainValue(row.field, row.remaining),
      merged: plainValue(row.field, row.merged),
      value: plainValue(row.field, row.value),
      from: row.from,
      isChoice: row.isChoice
    })),
    moves
  }
}
