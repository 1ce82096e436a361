import type { CustomFieldFault } from '../../../domain/fields/custom-field.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { fieldMessageOf } from '../../../wording/reasons.ts'

/** Values that the dealer's own fields can't hold; `base` is where in the request the record stands. */
export function refuseCustomFields(faults: readonly CustomFieldFault[], base = ''): Problem {
  return problems.validation(
    faults.map(({ key, reason }) => ({
      pointer: `${base}/customFields/${key}`,
      message: fieldMessageOf(reason)
    }))
  )
}
