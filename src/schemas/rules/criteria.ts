import { Type } from '@fastify/type-provider-typebox'

import type { Criteria } from '../../domain/rules/criteria.ts'
import { RULE_FIELDS } from '../../domain/rules/lead-fields.ts'
import { closed } from '../shared.ts'

const MAX_PARTS = 50
const MAX_VALUES = 500

const Value = (description: string) =>
  Type.Unsafe<string | number | boolean>({
    type: ['string', 'number', 'boolean'],
    maxLength: 500,
    description
  })

const End = (description: string) =>
  Type.Unsafe<string | number>({ type: ['string', 'number'], maxLength: 100, description })

const self = () => Type.Unsafe<Criteria>({ $ref: 'Criteria#' })

/** How criteria are written; what else must hold of them, `checkCriteria` says. */
export const CriteriaSchema = Type.Unsafe<Criteria>(
  Type.Object(
    {
      all: Type.Optional(
        Type.Array(self(), {
          maxItems: MAX_PARTS,
          description: 'All of the criteria match. An empty list always matches.'
        })
      ),
      any: Type.Optional(
        Type.Array(self(), {
          maxItems: MAX_PARTS,
          description: 'At least one of the criteria matches.'
        })
      ),
      not: Type.Optional(self()),
      field: Type.Optional(
        Type.String({
          maxLength: 120,
          description:
            `One of ${RULE_FIELDS.map((name) => `\`${name}\``).join(', ')}, ` +
            '`customFields.<key>`, `attribution.<key>`: paths in the lead’s JSON, where a list is named by the ' +
            'singular (`vehicle.make`). The lead’s JSON has no `source.kind`, `contact.name`, ' +
            '`contact.reachable`, `vehicle.name`, `isDuplicate`, `qualification`, `timeOfDay` (HH:MM) and ' +
            '`weekday`; the last two are by the dealer’s clock.'
        })
      ),
      equals: Type.Optional(
        Value('The comparison of texts ignores case, accents and punctuation.')
      ),
      oneOf: Type.Optional(
        Type.Array(Value('One of the values.'), { minItems: 1, maxItems: MAX_VALUES })
      ),
      contains: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
      from: Type.Optional(End('The first value of the range, included.')),
      to: Type.Optional(
        End(
          'The last value of the range, included; for `timeOfDay` excluded, and a value ' +
            'before `from` means the next day.'
        )
      ),
      exists: Type.Optional(
        Type.Boolean({ description: 'Whether the lead has a value in the field.' })
      )
    },
    {
      $id: 'Criteria',
      ...closed,
      description:
        'A condition on a lead: exactly one of `all`, `any`, `not`, or a `field` with one ' +
        'comparison (`equals`, `oneOf`, `contains`, `exists`, or a range of `from` and ' +
        '`to`). A field with several values, such as the makes of the vehicles, matches ' +
        'when one of the values matches.',
      examples: [
        {
          all: [
            { field: 'source.key', oneOf: ['website', 'autotrader'] },
            { field: 'vehicle.make', equals: 'Kia' },
            { not: { field: 'timeOfDay', from: '20:00', to: '07:00' } }
          ]
        }
      ]
    }
  )
)
