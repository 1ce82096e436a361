import type { StatusGroup } from '../leads/status-groups.ts'
import type { Criteria } from '../rules/criteria.ts'
import type { EngagementType } from './engagement.ts'

/** Points for what a lead says: once, for as long as it says so. */
interface AttributePoints {
  name: string
  criteria: Criteria
  points: number
}

/** Points for a lead that came from one status group to another within so many days. */
export interface MovementPoints {
  name: string
  from: StatusGroup
  to: StatusGroup
  withinDays: number
  points: number
}

export interface ScoringRules {
  attributes: AttributePoints[]
  /** Points of one engagement of each type at weight 1; types that are not named have none. */
  engagement: Partial<Record<EngagementType, number>>
  movement: MovementPoints[]
  /** After so many days an engagement counts half; null: it never fades. */
  halfLifeDays: number | null
  /** From which score on a lead is hot or warm, and else cold; null: scores set no temperature. */
  thresholds: { hot: number; warm: number } | null
}
