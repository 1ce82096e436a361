import {
  customFieldFault,
  customFieldFaults,
  isBlank
} from '../../../domain/fields/custom-field.ts'
import type { CustomFieldFault, ValueParsers } from '../../../domain/fields/custom-field.ts'
import { orderInCountry } from '../../../domain/clock/written-time.ts'
import { readCustomValue } from '../../../domain/imports/custom-cell.ts'
import type { LeadContent, UnmappedValue } from '../../../domain/leads/lead.ts'
import { escapePointer } from '../../../domain/text/json-pointer.ts'
import type { CapturedField } from '../../../repositories/leads/capture-basis.ts'

/**
 * The content with the dealer's own fields read: a text becomes a value of its field where it can, and a
 * value that its field can't hold is in `unmapped` instead. Faults are those of required fields.
 */
export function settleCustomFields(
  fields: readonly CapturedField[],
  content: LeadContent,
  parsers: ValueParsers
): { content: LeadContent } | { faults: CustomFieldFault[] } {
  if (customFieldFaults(fields, content.customFields, parsers).length === 0) return { content }
  const values = new Map(Object.entries(content.customFields))
  const unmapped: UnmappedValue[] = []
  for (const field of fields) {
    const given = values.get(field.key)
    if (isBlank(given)) continue
    const text = typeof given === 'number' ? String(given) : given
    const value = typeof text === 'string' ? readCustomText(field, text.trim(), parsers) : text
    if (customFieldFault(field, given, parsers) === null) continue
    if (customFieldFault(field, value, parsers) === null) {
      values.set(field.key, value)
    } else if (!field.required) {
      values.delete(field.key)
      const path = `/customFields/${escapePointer(field.key)}`
      unmapped.push({ path, text: textOf(given), code: 'unreadable_value' })
    }
  }
  const customFields = Object.fromEntries(values)
  const faults = customFieldFaults(fields, customFields, parsers)
  if (faults.length > 0) return { faults }
  return { content: { ...content, customFields, unmapped: [...content.unmapped, ...unmapped] } }
}

function readCustomText(
  field: CapturedField,
  text: string,
  { country }: Pick<ValueParsers, 'country'>
): unknown {
  return readCustomValue(field, text, orderInCountry(text, country))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
