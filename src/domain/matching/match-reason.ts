import type { FieldAgreement } from './field-agreements.ts'
import type { ComparedField } from './pair-features.ts'

/** How far one field speaks for, or against, two records being one person. */
export interface MatchReason {
  field: ComparedField
  agreement: FieldAgreement
  /** In bits: positive for one person, negative for two. Only where all fields are weighed. */
  weight?: number
}
