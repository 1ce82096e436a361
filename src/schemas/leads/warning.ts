import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { Locale } from '../../domain/dealers/dealer.ts'
import type { UnmappedValue } from '../../domain/leads/lead.ts'
import { REPAIR_CODES } from '../../domain/reasons/repair-reasons.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { sentenceOf } from '../../wording/reasons.ts'
import { closed, oneOf, ref } from '../shared.ts'

export const WARNING_EXAMPLE = {
  pointer: '/vehicles/0/year',
  code: 'unreadable_value',
  sentence: 'The value can’t be read.'
} as const

export const WarningSchema = Type.Object(
  {
    pointer: Type.String({
      description:
        'The place of the value: in JSON and forms an RFC 6901 pointer, in a document the path of the element.'
    }),
    code: oneOf(REPAIR_CODES, 'More codes may follow.'),
    sentence: Type.String({
      description: 'The reason in the language of the user who reads it; for keys, of the dealer.'
    })
  },
  {
    $id: 'Warning',
    ...closed,
    description: 'A value that the lead has in another form, or only in `unmapped`.',
    examples: [WARNING_EXAMPLE]
  }
)

/** The warnings of a response to a write. */
export const warnings = Type.Array(ref(WarningSchema), {
  description: 'The values of the request that were repaired, or that could not be read.'
})

/** A warning for each value that was repaired, or could not be read. */
export function presentWarnings(
  unmapped: readonly UnmappedValue[],
  locale: Locale
): Static<typeof WarningSchema>[] {
  return unmapped.flatMap(({ path, code }) =>
    code === undefined ? [] : [{ pointer: path, code, sentence: sentenceOf(because(code), locale) }]
  )
}
