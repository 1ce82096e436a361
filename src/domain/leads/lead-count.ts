/** What leads can be counted by. */
export const COUNTED_BY = [
  'status',
  'statusGroup',
  'statusReason',
  'queue',
  'assignee',
  'source',
  'temperature'
] as const
export type CountedBy = (typeof COUNTED_BY)[number]

/** How many leads have a value. */
export interface LeadCount {
  /** As the filter of this name takes it: an id, a word, or null for leads without. Of reasons, `free-text` too. */
  value: string | null
  /** What people know the value by. */
  name: string | null
  count: number
}

export interface LeadCounts {
  data: LeadCount[]
  total: number
  /** False: there are more leads, of which the newest were counted. */
  isExact: boolean
}

/** In counts by reason and in the filter: leads whose reason is a text of its own, and none of the list. */
export const TEXT_REASON = 'free-text'

/** How many leads are counted one by one, where no sum answers. */
export const MAX_COUNTED = 10_000
