import { LEAD_FIELDS, findField } from '../leads/field-catalogue.ts'
import { isMoney, isOdometer } from '../leads/lead-field.ts'
import type { FieldKind, KnownLead } from '../leads/lead-field.ts'

/** A lead as rules see it, at capture and later. */
export type LeadFacts = KnownLead &
  Required<
    Pick<KnownLead, 'source' | 'status' | 'temperature' | 'score' | 'promoter' | 'referralLink'> &
      Pick<KnownLead, 'client' | 'duplicateOf' | 'qualification' | 'local'>
  >

/** How the values of a field are compared. */
export type ComparedKind = 'text' | 'number' | 'flag' | 'time' | 'any'

type Value = string | number | boolean

/** The fields that rules know, beside `customFields.*` and `attribution.*`. */
export const RULE_FIELDS: readonly string[] = LEAD_FIELDS.filter(({ uses }) =>
  uses.includes('rule')
).map(({ path }) => path)

/** The names of all fields that rules know, for people to read. */
export const KNOWN_RULE_FIELDS: readonly string[] = [...RULE_FIELDS, 'customFields.*']

/** How values of this field are compared, or null: rules know no such field. */
export function comparedKind(path: string): ComparedKind | null {
  const field = findField(path)
  return field?.uses.includes('rule') ? (COMPARED[field.kind] ?? 'text') : null
}

const COMPARED: Partial<Record<FieldKind, ComparedKind>> = {
  number: 'number',
  year: 'number',
  money: 'number',
  odometer: 'number',
  flag: 'flag',
  time: 'time',
  any: 'any'
}

/** A field's values; none where the lead says nothing of it. */
export function readField(path: string, lead: KnownLead): Value[] {
  const field = findField(path)
  if (!field) return []
  const values = field.read(lead).flat()
  const comparable = field.kind === 'any' ? values : values.map(withoutUnit)
  return comparable.filter(isValue)
}

/** Amounts and distances compare by their number. */
function withoutUnit(value: unknown): unknown {
  if (isMoney(value)) return Number(value.amount)
  return isOdometer(value) ? value.value : value
}

function isValue(value: unknown): value is Value {
  if (typeof value === 'string') return value.trim() !== ''
  return typeof value === 'number' || typeof value === 'boolean'
}
