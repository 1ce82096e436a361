import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { Locale } from '../../domain/dealers/dealer.ts'
import { FIELD_AGREEMENTS } from '../../domain/matching/field-agreements.ts'
import type { MatchReason } from '../../domain/matching/match-reason.ts'
import type { Match } from '../../domain/matching/matches.ts'
import { COMPARED_FIELDS } from '../../domain/matching/pair-features.ts'
import { matchSentence } from '../../wording/match-reasons.ts'
import { Id, ReferenceSchema, closed, nullable, oneOf, ref } from '../shared.ts'
import { EXAMPLE_IDS, EXAMPLE_USER } from '../example-ids.ts'

/** How fields of two records compare, on the wire. */
export const matchReasons = Type.Array(
  Type.Object(
    {
      field: oneOf(COMPARED_FIELDS),
      agreement: oneOf(
        FIELD_AGREEMENTS,
        '`similar`: the same but for spelling, or a part of the other, such as one surname of two. `nickname`: one ' +
          'name is a form of the other. `initial`: one name is the initial of the other. By the policy `exact` ' +
          'these are `similar`.'
      ),
      sentence: Type.String({
        description:
          'The agreement in the language of the user who reads it; for keys, of the dealer.'
      }),
      weight: Type.Optional(
        Type.Number({
          description:
            'How much the field speaks for one person, or below 0 for two, in bits: 1 doubles the odds. ' +
            'Left out by the policy `exact`.'
        })
      )
    },
    closed
  )
)

export const MATCH_EXAMPLE: Match = {
  type: 'client',
  id: EXAMPLE_IDS.client,
  name: 'Łukasz Żółć',
  score: 0.9871,
  band: 'sure',
  reasons: [
    { field: 'contact.email', agreement: 'same', weight: 9.2 },
    { field: 'contact.firstName', agreement: 'same', weight: 2.1 },
    { field: 'contact.lastName', agreement: 'same', weight: 3.4 }
  ],
  responsibleUser: EXAMPLE_USER
}

export const MatchSchema = Type.Object(
  {
    type: oneOf(['client', 'lead']),
    id: Id(),
    name: nullable(Type.String()),
    score: Type.Number({ minimum: 0, maximum: 1 }),
    band: oneOf(['sure', 'possible']),
    reasons: matchReasons,
    sharedByMany: Type.Optional(
      Type.Boolean({
        description:
          '`true`: nothing is shared but an e-mail address or phone number that more than 100 records have, ' +
          'such as that of a switchboard. It makes no match `sure`, and nothing is decided from it. Otherwise left out.'
      })
    ),
    similarOnly: Type.Optional(
      Type.Boolean({
        description:
          '`true`: no e-mail address and no phone number is the same. The name and other fields are similar. ' +
          'Such a match is never `sure`, and nothing is decided from it. Otherwise left out.'
      })
    ),
    responsibleUser: Type.Optional(
      nullable(ref(ReferenceSchema, 'Of a client, except in responses to captures.'))
    )
  },
  {
    $id: 'Match',
    ...closed,
    description: 'A client or earlier lead that may be the same person.',
    examples: [{ ...MATCH_EXAMPLE, reasons: presentMatchReasons(MATCH_EXAMPLE.reasons, 'en') }]
  }
)

export function presentMatchReasons(
  reasons: readonly MatchReason[],
  locale: Locale
): Static<typeof matchReasons> {
  return reasons.map((reason) => ({ ...reason, sentence: matchSentence(reason, locale) }))
}

/** A match with its reasons in words. */
export function presentMatch(
  { reasons, ...match }: Match,
  locale: Locale
): Static<typeof MatchSchema> {
  return { ...match, reasons: presentMatchReasons(reasons, locale) }
}
