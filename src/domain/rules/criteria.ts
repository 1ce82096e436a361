import { fold as foldText } from '../text/fold.ts'
import { unknownName } from '../text/unknown-name.ts'
import type { LeadContent } from '../leads/lead.ts'
import { canonicalMake } from '../leads/makes.ts'
import { KNOWN_RULE_FIELDS, comparedKind, readField } from './lead-fields.ts'
import type { ComparedKind, LeadFacts } from './lead-fields.ts'

/** A value that a field is compared with. */
type CriterionValue = string | number | boolean

/**
 * What must hold of a lead. Exactly one of: `all`, `any`, `not`, or a `field` with one comparison.
 * Fields with several values (there can be several vehicles) fit when one value does.
 */
export interface Criteria {
  all?: Criteria[]
  any?: Criteria[]
  not?: Criteria
  field?: string
  equals?: CriterionValue
  oneOf?: CriterionValue[]
  contains?: string
  /** Ends of a range, both inside it; either may be missing. Of a time of day the end is outside. */
  from?: string | number
  to?: string | number
  exists?: boolean
}

/** Criteria that every lead fits. */
export const ALWAYS: Criteria = { all: [] }

/** Whether a lead fits. The criteria must have been checked. */
export function fits(criteria: Criteria, facts: LeadFacts): boolean {
  if (criteria.all) return criteria.all.every((part) => fits(part, facts))
  if (criteria.any) return criteria.any.some((part) => fits(part, facts))
  if (criteria.not) return !fits(criteria.not, facts)
  if (criteria.field === undefined) return false
  const kind = comparedKind(criteria.field)
  const values = readField(criteria.field, facts)
  if (criteria.exists !== undefined) return values.length > 0 === criteria.exists
  if (kind === null) return false
  const asked = criteria.field === MAKE ? withCanonicalMakes(criteria) : criteria
  return values.some((value) => {
    const said = typeof value === 'string' && criteria.field === MAKE ? canonicalMake(value) : value
    const folded = typeof said === 'string' ? foldOnce(facts.content, said) : said
    return compares(kind, { value, folded }, asked)
  })
}

const MAKE = 'vehicle.make'

/** The criteria as leads are stored: a rule for `VW` is one for Volkswagen. */
function withCanonicalMakes(criteria: Criteria): Criteria {
  const { equals, oneOf, contains } = criteria
  const spelled = (value: CriterionValue) =>
    typeof value === 'string' ? canonicalMake(value) : value
  return {
    ...criteria,
    ...(equals === undefined ? {} : { equals: spelled(equals) }),
    ...(oneOf ? { oneOf: oneOf.map(spelled) } : {}),
    ...(contains === undefined ? {} : { contains: canonicalMake(contains) })
  }
}

/** The folded texts of each lead: many rules are held against one. */
const FOLDED = new WeakMap<LeadContent, Map<string, string>>()

function foldOnce(content: LeadContent, text: string): string {
  const known = FOLDED.get(content) ?? new Map<string, string>()
  FOLDED.set(content, known)
  const folded = known.get(text) ?? foldText(text)
  known.set(text, folded)
  return folded
}

function compares(
  kind: ComparedKind,
  { value, folded }: { value: CriterionValue; folded: CriterionValue },
  criteria: Criteria
): boolean {
  const { equals, oneOf, contains } = criteria
  if (equals !== undefined) return folded === fold(equals)
  if (oneOf) return oneOf.some((other) => folded === fold(other))
  if (contains !== undefined) return String(folded).includes(String(fold(contains)))
  return kind === 'time' ? isTimeIn(String(value), criteria) : isWithin(folded, criteria)
}

/** Texts compare as names do: without case, accents, punctuation and double blanks. */
function fold(value: CriterionValue): CriterionValue {
  return typeof value === 'string' ? foldText(value) : value
}

function isWithin(at: CriterionValue, { from, to }: Criteria): boolean {
  const comparable = [from, to].every((end) => end === undefined || typeof end === typeof at)
  return (
    comparable && (from === undefined || at >= fold(from)) && (to === undefined || at <= fold(to))
  )
}

/** `to` before `from` means over midnight; equal ends mean the whole day. */
function isTimeIn(at: string, range: Criteria): boolean {
  const [from, to] = [String(range.from), String(range.to)]
  if (from < to) return at >= from && at < to
  return at >= from || at < to
}

/** One fault of criteria: where, as an RFC 6901 pointer below them, and what is wrong. */
export interface CriteriaFault {
  pointer: string
  message: string
}

/** How deep criteria may nest, and how many parts they may have: each lead is held against all. */
export const CRITERIA_LIMITS = { depth: 6, parts: 100 } as const

const COMPARISONS = ['equals', 'oneOf', 'contains', 'from', 'to', 'exists'] as const

/** The faults that entries of any rules can have: of their criteria, and ids that are there twice. */
export function entryFaults(
  entries: readonly { id: string; criteria: Criteria }[]
): CriteriaFault[] {
  const ids = entries.map(({ id }) => id)
  return [
    ...entries.flatMap(({ criteria }, index) =>
      checkCriteria(criteria, `/entries/${index}/criteria`)
    ),
    ...ids.flatMap((id, index) =>
      ids.indexOf(id) === index
        ? []
        : [{ pointer: `/entries/${index}/id`, message: 'stands twice' }]
    )
  ]
}

/** The faults of criteria. Empty when there are none. */
export function checkCriteria(criteria: Criteria, pointer = ''): CriteriaFault[] {
  if (countParts(criteria) > CRITERIA_LIMITS.parts) {
    return [{ pointer, message: `has more than ${CRITERIA_LIMITS.parts} parts` }]
  }
  return checkPart(criteria, pointer, 1)
}

function countParts(criteria: Criteria): number {
  const parts = [...(criteria.all ?? []), ...(criteria.any ?? [])]
  if (criteria.not) parts.push(criteria.not)
  return parts.reduce((count, part) => count + countParts(part), 1)
}

function checkPart(criteria: Criteria, pointer: string, depth: number): CriteriaFault[] {
  const { all, any, not, field } = criteria
  const shapes = [all, any, not, field].filter((shape) => shape !== undefined)
  if (shapes.length !== 1) {
    return [{ pointer, message: 'needs exactly one of all, any, not and field' }]
  }
  if (depth > CRITERIA_LIMITS.depth) {
    return [{ pointer, message: `nests deeper than ${CRITERIA_LIMITS.depth}` }]
  }
  const given = COMPARISONS.filter((name) => criteria[name] !== undefined)
  if (field !== undefined) return checkComparison(criteria, field, pointer)
  if (given.length > 0) {
    return [{ pointer: `${pointer}/${String(given[0])}`, message: 'needs a field' }]
  }
  const below = (parts: Criteria[], name: string) =>
    parts.flatMap((part, index) => checkPart(part, `${pointer}/${name}/${index}`, depth + 1))
  return [
    ...below(all ?? [], 'all'),
    ...below(any ?? [], 'any'),
    ...(not ? checkPart(not, `${pointer}/not`, depth + 1) : [])
  ]
}

function checkComparison(criteria: Criteria, field: string, pointer: string): CriteriaFault[] {
  const kind = comparedKind(field)
  if (kind === null) {
    const message = unknownName('is not a field of leads', KNOWN_RULE_FIELDS)
    return [{ pointer: `${pointer}/field`, message }]
  }
  const { equals, oneOf, contains, from, to, exists } = criteria
  const isRange = from !== undefined || to !== undefined
  const comparisons = [equals, oneOf, contains, exists].filter((one) => one !== undefined)
  if (comparisons.length + Number(isRange) !== 1) {
    const message = 'needs exactly one of equals, oneOf, contains, exists and a range (from, to)'
    return [{ pointer, message }]
  }
  if (exists !== undefined) return []
  const values = [equals, ...(oneOf ?? []), contains, from, to].filter((v) => v !== undefined)
  return [
    ...checkRange(kind, criteria, pointer),
    ...(contains !== undefined && kind !== 'text'
      ? [{ pointer: `${pointer}/contains`, message: 'is only for texts' }]
      : []),
    ...values
      .filter((value) => !isOfKind(kind, value))
      .slice(0, 1)
      .map(() => ({ pointer, message: `compares ${field} with what is no ${KIND_WORDS[kind]}` })),
    // Folded to nothing, such a text would be contained in every other.
    ...values
      .filter((value) => fold(value) === '')
      .slice(0, 1)
      .map(() => ({ pointer, message: 'compares with a text without a letter or digit' }))
  ]
}

const KIND_WORDS: Record<ComparedKind, string> = {
  text: 'text',
  number: 'number',
  flag: 'true or false',
  time: 'time as HH:MM',
  any: 'value'
}

function checkRange(kind: ComparedKind, { from, to }: Criteria, pointer: string): CriteriaFault[] {
  if (from === undefined && to === undefined) return []
  if (kind === 'flag') return [{ pointer, message: 'has no range: it is true or false' }]
  if (kind === 'time') {
    return from === undefined || to === undefined
      ? [{ pointer, message: 'needs both from and to' }]
      : []
  }
  const isReversed = from !== undefined && to !== undefined && fold(from) > fold(to)
  return isReversed ? [{ pointer: `${pointer}/to`, message: 'is below from' }] : []
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

function isOfKind(kind: ComparedKind, value: CriterionValue): boolean {
  switch (kind) {
    case 'any':
      return true
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number'
    case 'flag':
      return typeof value === 'boolean'
    case 'time':
      return typeof value === 'string' && TIME.test(value)
  }
}
