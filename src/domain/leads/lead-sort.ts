/** The orders of lists of leads, each in both directions. */
export const LEAD_SORTS = [
  'createdAt',
  'updatedAt',
  'statusSince',
  'score',
  'nextAction',
  'lastTouchAt'
] as const
export type LeadSort = (typeof LEAD_SORTS)[number]
