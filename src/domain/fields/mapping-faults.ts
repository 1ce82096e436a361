import type { ComparedKind } from '../rules/lead-fields.ts'
import { KNOWN_RULE_FIELDS, comparedKind } from '../rules/lead-fields.ts'
import { unknownName } from '../text/unknown-name.ts'
import type { ValueCode } from '../reasons/import-reasons.ts'
import type { Reason } from '../reasons/reasons.ts'
import { isBlank } from './custom-field.ts'
import type { CustomField, ValueParsers } from './custom-field.ts'
import type { FieldMappingEntry } from './field-mapping.ts'
import { KNOWN_TARGETS, findTarget, fitsTarget, targetFault } from './mapping-target.ts'

/** `pointer` is an RFC 6901 pointer into the mapping. */
type MappingFault = { pointer: string } & FaultText

type FaultText = { message: string } | { reason: Reason<ValueCode>; target: string }

type Definition = Pick<CustomField, 'target' | 'key' | 'type' | 'options'>

/**
 * All that is wrong with a mapping: names there are none of, a target that is filled twice, a field
 * whose values can't fit, a default that its target can't hold.
 */
export function findMappingFaults(
  entries: readonly FieldMappingEntry[],
  definitions: readonly Definition[],
  parsers: ValueParsers
): MappingFault[] {
  const seen = new Set<string>()
  return entries.flatMap((entry, index) => {
    const isTwice = seen.has(entry.to)
    seen.add(entry.to)
    return entryFaults(entry, { isTwice, definitions, parsers }).map(({ member, ...text }) => ({
      pointer: `/entries/${index}/${member}`,
      ...text
    }))
  })
}

type EntryFault = { member: keyof FieldMappingEntry } & FaultText

function entryFaults(
  { to, from, default: standIn }: FieldMappingEntry,
  known: { isTwice: boolean; definitions: readonly Definition[]; parsers: ValueParsers }
): EntryFault[] {
  const { isTwice, definitions, parsers } = known
  const faults: EntryFault[] = []
  const add = (member: EntryFault['member'], message: string) => faults.push({ member, message })
  const ofClient = definitions.filter(({ target }) => target === 'client')
  const target = findTarget(to, ofClient)
  if (!target) add('to', unknownName(`names no field that can be filled: ${to}`, KNOWN_TARGETS))
  if (isTwice) add('to', `fills ${to} a second time`)
  const kind = from === null ? null : kindOf(from, definitions)
  if (from !== null && kind === null) {
    add('from', unknownName(`names no field of a lead: ${from}`, KNOWN_RULE_FIELDS))
  }
  if (!target) return faults
  if (kind !== null && !fitsTarget(kind, target)) {
    add('from', `can’t fill ${to}: ${from ?? ''} is of another type`)
  }
  const reason = isBlank(standIn) ? null : targetFault(target, standIn, parsers)
  if (reason !== null) faults.push({ member: 'default', reason, target: to })
  return faults
}

/** The type of a lead's field; of a custom field, as the dealer defined it. */
function kindOf(from: string, definitions: readonly Definition[]): ComparedKind | null {
  const own = definitions.find(
    ({ target, key }) => target === 'lead' && from === `customFields.${key}`
  )
  if (own?.type === 'number') return 'number'
  if (own?.type === 'boolean') return 'flag'
  return own ? 'text' : comparedKind(from)
}
