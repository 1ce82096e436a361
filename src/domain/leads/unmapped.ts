import type { UnmappedValue } from './lead.ts'

/** The texts that nothing else in the lead says: those that were repaired are read, and in its members. */
export function unreadTexts(unmapped: readonly UnmappedValue[]): UnmappedValue[] {
  return unmapped.filter(({ code }) => code === undefined || UNREAD.has(code))
}

const UNREAD: ReadonlySet<UnmappedValue['code']> = new Set([
  'unreadable_value',
  'incomplete_value',
  'shortened_text',
  'surplus_values',
  'surplus_item',
  'unknown_member',
  'overlong_id'
])
