import { DECISION_REASONS, PASSED_OVER_REASONS } from './decision-reasons.ts'
import { DELIVERY_REASONS } from './delivery-reasons.ts'
import { EVENT_REASONS } from './event-reasons.ts'
import { IMPORT_REASONS, IMPORT_WARNINGS, ROW_REASONS } from './import-reasons.ts'
import { LIST_CHECKS } from './list-reasons.ts'
import { REPAIR_REASONS } from './repair-reasons.ts'
import { WITHDRAWAL_REASONS } from './request-reasons.ts'

/**
 * Every reason that is stored or compared: a code of a closed list, and the names of the facts that
 * come with it. Facts never hold personal data. `src/wording` has a sentence for each in every language.
 */
export const REASONS = {
  ...DECISION_REASONS,
  ...PASSED_OVER_REASONS,
  ...DELIVERY_REASONS,
  ...IMPORT_REASONS,
  ...IMPORT_WARNINGS,
  ...ROW_REASONS,
  ...EVENT_REASONS,
  ...WITHDRAWAL_REASONS,
  ...REPAIR_REASONS,
  ...LIST_CHECKS
} as const satisfies Readonly<Record<string, readonly string[]>>

export type ReasonCode = keyof typeof REASONS

/** A fact that a sentence names. */
type FactValue = string | number | readonly string[]

type ReasonFacts<Code extends ReasonCode> = Readonly<
  Record<(typeof REASONS)[Code][number], FactValue>
>

export interface Reason<Code extends ReasonCode = ReasonCode> {
  code: Code
  facts: Readonly<Record<string, unknown>>
}

/** The facts of a code, as the last argument of a function; none where it has none. */
export type FactsArgument<Code extends ReasonCode> = (typeof REASONS)[Code] extends readonly []
  ? []
  : [facts: ReasonFacts<Code>]

/** The reason of this code, with the facts that it needs. */
export function because<Code extends ReasonCode>(
  code: Code,
  ...[facts]: FactsArgument<Code>
): Reason<Code> {
  return { code, facts: facts ?? {} }
}
