/** The types of engagement. */
export const ENGAGEMENT_TYPES = [
  'site_visit',
  'page_view',
  'mail_opened',
  'mail_clicked',
  'opted_out'
] as const
export type EngagementType = (typeof ENGAGEMENT_TYPES)[number]

export interface Engagement {
  id: string
  leadId: string
  type: EngagementType
  /** How much of the type's points it counts for. */
  weight: number
  page: string | null
  occurredAt: Date
  createdAt: Date
}

/** How far a tracker's clock may be ahead of ours. */
const CLOCK_SLACK_MS = 5 * 60_000
const OLDEST_MS = 3653 * 86_400_000

/** When an engagement happened, or what is wrong with the time given. */
export function readOccurrence(given: Date, now: Date): Date | string {
  const ahead = given.getTime() - now.getTime()
  if (ahead > CLOCK_SLACK_MS) return 'is in the future'
  if (ahead < -OLDEST_MS) return 'is more than ten years ago'
  return ahead > 0 ? now : given
}
