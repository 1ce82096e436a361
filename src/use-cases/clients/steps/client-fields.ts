import type { Transaction } from '../../../database/client.ts'
import type { ClientContent } from '../../../domain/clients/client.ts'
import type { ValueReading } from '../../../domain/fields/custom-field.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { findFieldFaults } from '../../fields/check-fields.ts'

type Fields = ClientContent['customFields']

/** Refuses values that the custom fields of clients can't hold. Of a change, only the changed ones. */
export async function refuseFields(
  tx: Transaction,
  values: { before: Fields | null; after: Fields; reading: ValueReading }
): Promise<Refusal | null> {
  const faults = await findFieldFaults(tx, 'client', values)
  if (faults.length === 0) return null
  return {
    refusal: 'invalid',
    faults: faults.map(({ key, reason }) => ({ pointer: `/customFields/${key}`, reason }))
  }
}
