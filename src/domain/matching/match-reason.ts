import type { Agreement } from '../leads/name-comparison.ts'

/** The fields of a lead by which people are compared. */
export const MATCHED_FIELDS = [
  'contact.email',
  'contact.phone',
  'contact.firstName',
  'contact.lastName'
] as const

/** How far one field speaks for, or against, two records being one person. */
export interface MatchReason {
  field: (typeof MATCHED_FIELDS)[number]
  agreement: Agreement
}
