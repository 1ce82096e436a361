import { Type } from '@fastify/type-provider-typebox'

import type { Locale } from '../domain/dealers/dealer.ts'
import { codesOf } from '../domain/reasons/codes.ts'
import type { Reason, ReasonCode } from '../domain/reasons/reasons.ts'
import { REASON_WORDINGS, sentenceOf } from '../wording/reasons.ts'
import { closed, oneOf } from './shared.ts'

/** The code of a reason, each described by its English sentence, and its sentence. */
export function codeMembers<Code extends ReasonCode>(reasons: Readonly<Record<Code, unknown>>) {
  const codes = codesOf(reasons)
  const lines = codes.map((code) => `- \`${code}\`: ${REASON_WORDINGS.en[code]}`)
  return {
    code: oneOf(codes, ['More codes may follow.', '', ...lines].join('\n')),
    sentence: Type.String({
      description: 'The reason in the language of the user who reads it; for keys, of the dealer.'
    })
  }
}

/** The members of a reason with one of these codes. */
export function reasonMembers<Code extends ReasonCode>(
  reasons: Readonly<Record<Code, unknown>>,
  factsDescription = 'The facts that the sentence names. They hold no personal data.'
) {
  const { code, sentence } = codeMembers(reasons)
  const facts = Type.Object({}, { additionalProperties: true, description: factsDescription })
  return { code, facts, sentence }
}

/** A reason as an object of its own. */
export function reasonSchema<Code extends ReasonCode>(
  $id: string,
  reasons: Readonly<Record<Code, unknown>>,
  example: Reason<NoInfer<Code>>
) {
  return Type.Object(reasonMembers(reasons), {
    $id,
    ...closed,
    examples: [presentReason(example, 'en')]
  })
}

/** The reason with its sentence; what else the row holds stays out. */
export function presentReason<Code extends ReasonCode>(
  { code, facts }: Reason<Code>,
  locale: Locale
): { code: Code; facts: object; sentence: string } {
  return { code, facts, sentence: sentenceOf({ code, facts }, locale) }
}
