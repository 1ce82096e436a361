import { isBlank } from '../fields/custom-field.ts'
import type { MappedValue, FieldMapping } from '../fields/field-mapping.ts'
import { findTarget, shapeValues, targetFault } from '../fields/mapping-target.ts'
import type { MappingParsers, MappingTarget } from '../fields/mapping-target.ts'
import { readField } from '../rules/lead-fields.ts'
import type { LeadFacts } from '../rules/lead-fields.ts'
import type { CustomField } from '../fields/custom-field.ts'
import { escapePointer } from '../text/json-pointer.ts'
import type { ValueCode } from '../reasons/import-reasons.ts'
import type { Reason } from '../reasons/reasons.ts'

/** The planned value of one target field of a conversion. */
export interface FieldProposal {
  /** Such as `client.contact.language` or `account.name`. */
  to: string
  /** The field of the lead; null: the mapping's default, or what the caller said. */
  from: string | null
  value: unknown
  isDefault: boolean
  /** Whether the dealer says what it is to hold: then it is checked. */
  isMapped: boolean
}

/** A field as it will be: what stands there, what would, and whether it will. */
export interface PlannedField extends FieldProposal {
  current: unknown
  applied: boolean
}

/** A value its target can't hold, or one that is missing. */
export interface PlanFault {
  pointer: string
  reason: Reason<ValueCode>
}

/** The values of a dealer's mapping for one lead. */
export interface MappingBasis {
  lead: LeadFacts
  mapping: FieldMapping
  /** The custom fields of clients. */
  clientFields: readonly Pick<CustomField, 'key' | 'type' | 'options' | 'required'>[]
  parsers: MappingParsers
}

/** The values of the mapping for `client.…`, `account.…` or `opportunity.…`. */
export function mapFields(basis: MappingBasis, noun: string): FieldProposal[] {
  return basis.mapping.entries
    .filter(({ to }) => to.startsWith(`${noun}.`))
    .flatMap(({ to, from, default: standIn }) => {
      const target = findTarget(to, basis.clientFields)
      if (!target) return []
      const found = from === null ? null : readMapped(basis, target, from)
      const isDefault = isBlank(found) && !isBlank(standIn)
      return [{ to, from, value: isDefault ? standIn : found, isDefault, isMapped: true }]
    })
}

/** A lead's value of one field, in the form its target keeps. */
export function readMapped(
  { lead, parsers }: Pick<MappingBasis, 'lead' | 'parsers'>,
  target: MappingTarget,
  from: string
): MappedValue | null {
  return shapeValues(target, readField(from, lead), parsers)
}

/** A value from a field of the lead, independent of the mapping. */
export function carried(to: string, from: string, value: unknown): FieldProposal {
  return { to, from, value, isDefault: false, isMapped: false }
}

/** The requested value, or none. */
export function said(to: string, value: unknown): FieldProposal {
  return { to, from: null, value, isDefault: false, isMapped: false }
}

/** Proposals by their targets: of two for one target the later counts. */
export function withOverrides(...layers: readonly (readonly FieldProposal[])[]): FieldProposal[] {
  return [...new Map(layers.flat().map((proposal) => [proposal.to, proposal])).values()]
}

/** Whether a value is taken: where nothing stands, or what stands may be overwritten. */
export function isTaken(value: unknown, current: unknown, overwrite: boolean): boolean {
  if (isBlank(value)) return false
  if (isBlank(current)) return true
  return overwrite && JSON.stringify(value) !== JSON.stringify(current)
}

/**
 * What is wrong with the values that would be taken, by their targets. What a conversion carries over
 * anyway is taken as the lead has it.
 */
export function findPlanFaults(
  fields: readonly PlannedField[],
  { clientFields, parsers }: Pick<MappingBasis, 'clientFields' | 'parsers'>
): PlanFault[] {
  return fields.flatMap(({ to, value, applied, isMapped }) => {
    const target = applied && isMapped ? findTarget(to, clientFields) : null
    const reason = target && targetFault(target, plainValue(value), parsers)
    return reason === null ? [] : [{ pointer: mappingPointer(to), reason }]
  })
}

/** Amounts are compared with their limits as numbers. */
function plainValue(value: unknown): unknown {
  const isMoney = typeof value === 'object' && value !== null && 'amount' in value
  return isMoney ? Number(value.amount) : value
}

/** Where a fault of a mapped field is said to be, as RFC 6901 spells it. */
export function mappingPointer(to: string): string {
  return `/mapping/${escapePointer(to)}`
}
