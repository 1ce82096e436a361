import type { Transaction } from '../../database/client.ts'
import { changedFieldFaults, customFieldFaults } from '../../domain/fields/custom-field.ts'
import type {
  CustomFieldFault,
  CustomFieldTarget,
  ValueReading
} from '../../domain/fields/custom-field.ts'
import { listCustomFields } from '../../repositories/fields/custom-fields.ts'

/**
 * What is wrong with a record's values of the dealer's own fields; of one that is changed (`before` is
 * not null), only what the change brings or takes away.
 */
export async function findFieldFaults(
  tx: Transaction,
  target: CustomFieldTarget,
  {
    before,
    after,
    reading
  }: {
    before: Readonly<Record<string, unknown>> | null
    after: Readonly<Record<string, unknown>>
    reading: ValueReading
  }
): Promise<CustomFieldFault[]> {
  const fields = await listCustomFields(tx, target)
  return before === null
    ? customFieldFaults(fields, after, reading)
    : changedFieldFaults(fields, before, after, reading)
}
