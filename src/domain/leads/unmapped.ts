import type { UnmappedValue } from './lead.ts'

/** The texts that nothing else in the lead says: those that were repaired are read, and in its members. */
export function unreadTexts(unmapped: readonly UnmappedValue[]): UnmappedValue[] {
  return unmapped.filter(({ code }) => code === undefined || UNREAD.has(code))
}

/** A lead tells no more values than a person reads. */
const MAX_UNMAPPED = 200

/** The values within the limit; the rest is one that says how many they are. What a list has too many of is left out first. */
export function firstUnmapped(unmapped: readonly UnmappedValue[], path: string): UnmappedValue[] {
  const surplus = unmapped.length - MAX_UNMAPPED
  if (surplus <= 0) return [...unmapped]
  const isSurplus = ({ code }: UnmappedValue) => code === 'surplus_item'
  const ordered = [
    ...unmapped.filter((value) => !isSurplus(value)),
    ...unmapped.filter((value) => isSurplus(value))
  ]
  return [...ordered.slice(0, MAX_UNMAPPED), { path, text: `+${surplus}`, code: 'surplus_item' }]
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
