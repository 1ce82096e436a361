/** What a person does that tells of their interest. */
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
