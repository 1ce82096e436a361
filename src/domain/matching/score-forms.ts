import { FEATURES, pairClasses } from './pair-features.ts'
import type { ComparedField } from './pair-features.ts'
import { fieldAgreements } from './field-agreements.ts'
import type { FieldAgreement } from './field-agreements.ts'
import { pairLevels } from './pair-levels.ts'
import type { PairLevels } from './pair-levels.ts'
import type { PersonForm } from './person-form.ts'
import { INTERCEPT, WEIGHTS } from './weights.ts'

/** How far one field speaks for, or against, two records being one person. */
export interface FieldReason {
  field: ComparedField
  agreement: FieldAgreement
  /** Bits: positive for one person, negative for two. Its share of what fields say together is in it. */
  weight: number
}

/** Without an e-mail or phone in common nobody is sure. */
const MAX_WITHOUT_POINT = 0.85
/** First names that contradict each other are two people of a household or an office, whatever they share. */
const MAX_OF_TWO_NAMES = 0.85

/**
 * How surely two people are one, 0..1, and why; from either side the same. The weights of the reasons and the
 * intercept of the model add up to the logarithm (to base 2) of the odds, before the caps above.
 */
export function scoreForms(
  a: PersonForm,
  b: PersonForm
): { score: number; reasons: FieldReason[] } {
  const levels = pairLevels(a, b)
  const classes = pairClasses(levels)
  const shares = new Map<ComparedField, number>()
  let bits = INTERCEPT
  for (const { name, fields, of } of FEATURES) {
    const value = of(levels, classes)
    const weight = value === '' ? 0 : (TABLES.get(name)?.get(value) ?? 0)
    if (weight === 0) continue
    bits += weight
    for (const field of fields) shares.set(field, (shares.get(field) ?? 0) + weight / fields.length)
  }
  const reasons = fieldAgreements(levels).map(({ field, agreement }) => ({
    field,
    agreement,
    weight: Math.round((shares.get(field) ?? 0) * 100) / 100
  }))
  return { score: Math.min(1 / (1 + 2 ** -bits), capOf(levels)), reasons }
}

function capOf(levels: PairLevels): number {
  if (!hasSharedPoint(levels)) return MAX_WITHOUT_POINT
  const areTwo = levels.areGenerations || levels.first === 'differ' || levels.first === 'gender'
  return areTwo ? MAX_OF_TWO_NAMES : 1
}

/** Whether an e-mail address or a phone is shared, but for a slip in the name of a provider or a country code. */
function hasSharedPoint({ mailbox, phone }: PairLevels): boolean {
  const isMailbox = mailbox === 'same' || mailbox === 'repaired' || mailbox === 'role'
  return isMailbox || phone === 'same' || phone === 'landline' || phone === 'national'
}

/** The weights by feature and value. */
const TABLES: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(
  WEIGHTS.trim()
    .split('\n')
    .map((line): [string, ReadonlyMap<string, number>] => {
      const [name = '', values = ''] = line.split(': ')
      return [name, new Map(values.split(', ').map(weightOf))]
    })
)

/** `equal both 1.25`: the weight is the last word. */
function weightOf(text: string): [string, number] {
  const at = text.lastIndexOf(' ')
  return [text.slice(0, at), Number(text.slice(at + 1))]
}
