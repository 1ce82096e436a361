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

/** Two records without an e-mail or phone in common are never sure. */
const MAX_WITHOUT_POINT = 0.85
/** First names that contradict each other are two people of a household or an office. */
const MAX_OF_TWO_NAMES = 0.85
/** A shared phone of people with an address each. */
const MAX_OF_HOUSEHOLD = 0.89

/** A score, 0..1, and why. */
export interface FormScore {
  score: number
  /** No further evidence takes the score above this. */
  most: number
  reasons: FieldReason[]
}

/**
 * How surely two people are one, and why; from either side the same. The weights of the reasons and the
 * intercept of the model add up to the logarithm (to base 2) of the odds, before the caps above.
 */
export function scoreForms(a: PersonForm, b: PersonForm): FormScore {
  const levels = pairLevels(a, b)
  const key = Object.values(levels).join(' ')
  const known = KNOWN.get(key)
  const scored = known ?? scoreLevels(levels)
  if (known === undefined) {
    if (KNOWN.size >= MAX_KNOWN) KNOWN.clear()
    KNOWN.set(key, scored)
  }
  // A copy: what is known is not the caller's to change.
  return { ...scored, reasons: [...scored.reasons] }
}

/** Scores by levels: pairs of people compare in far fewer ways than there are pairs. */
const KNOWN = new Map<string, FormScore>()
const MAX_KNOWN = 20_000

function scoreLevels(levels: PairLevels): FormScore {
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
  const most = capOf(levels)
  return { score: Math.min(1 / (1 + 2 ** -bits), most), most, reasons }
}

function capOf(levels: PairLevels): number {
  if (!hasSharedPoint(levels)) return MAX_WITHOUT_POINT
  if (areOfOneHousehold(levels)) return MAX_OF_HOUSEHOLD
  const areTwo = levels.areGenerations || levels.first === 'differ' || levels.first === 'gender'
  return areTwo ? MAX_OF_TWO_NAMES : 1
}

/**
 * Whether two addresses beside a shared phone leave it open who of a household it is: both are made of one name,
 * as those of a father and a son of the same name, or one name is incomplete.
 */
function areOfOneHousehold({ first, last, mailbox, company }: PairLevels): boolean {
  if (company === 'same' || !isOfTwoMailboxes(mailbox)) return false
  return mailbox === 'name' || first === 'missing' || last === 'missing'
}

function isOfTwoMailboxes(mailbox: PairLevels['mailbox']): boolean {
  return mailbox === 'name' || mailbox === 'named' || mailbox === 'differ' || mailbox === 'number'
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
