import type { Refusal } from '../../../domain/refusals.ts'
import { findFieldFaults } from '../check-fields.ts'

/** Refuses values that the custom fields can't hold. Of a change, only the changed ones. */
export async function refuseFields(
  ...values: Parameters<typeof findFieldFaults>
): Promise<Refusal | null> {
  const faults = await findFieldFaults(...values)
  if (faults.length === 0) return null
  return {
    refusal: 'invalid',
    faults: faults.map(({ key, reason }) => ({ pointer: `/customFields/${key}`, reason }))
  }
}
