import type { Transaction } from '../../../database/client.ts'
import { changedFieldFaults, customFieldFaults } from '../../../domain/fields/custom-field.ts'
import type { CustomFieldTarget, ValueParsers } from '../../../domain/fields/custom-field.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { listCustomFields } from '../../../repositories/fields/custom-fields.ts'

interface FieldValues {
  /** Null: the record is new. */
  before: Readonly<Record<string, unknown>> | null
  after: Readonly<Record<string, unknown>>
  parsers: ValueParsers
}

/** Refuses values that the custom fields can't hold. Of a change, only the changed ones. */
export async function refuseFields(
  tx: Transaction,
  target: CustomFieldTarget,
  { before, after, parsers }: FieldValues
): Promise<Refusal | null> {
  const fields = await listCustomFields(tx, target)
  const faults =
    before === null
      ? customFieldFaults(fields, after, parsers)
      : changedFieldFaults(fields, before, after, parsers)
  if (faults.length === 0) return null
  return {
    refusal: 'invalid',
    faults: faults.map(({ key, reason }) => ({ pointer: `/customFields/${key}`, reason }))
  }
}
