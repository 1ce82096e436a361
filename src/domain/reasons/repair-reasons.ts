import { codesOf } from './codes.ts'

/** Changes that were made to what a sender gave, so that it could be read. The text as given is kept. */
export const REPAIR_REASONS = {
  repaired_phone: [],
  repaired_email: [],
  moved_to_email: [],
  moved_to_phone: [],
  split_values: [],
  surplus_values: [],
  absent_value: [],
  unreadable_value: [],
  incomplete_value: [],
  shortened_text: [],
  surplus_item: [],
  unknown_member: []
} as const
export const REPAIR_CODES = codesOf(REPAIR_REASONS)
export type RepairCode = keyof typeof REPAIR_REASONS
