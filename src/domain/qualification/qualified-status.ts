import type { Lead } from '../leads/lead.ts'
import { GROUPS, isOpenGroup } from '../leads/status-groups.ts'
import { obstacleToMove } from '../leads/status.ts'
import type { StatusGroup } from '../leads/status-groups.ts'
import type { Qualification, QualificationResult } from './form.ts'

/** The status group to which each result moves a lead. */
export const GROUP_OF_RESULT: Record<QualificationResult, StatusGroup> = {
  qualified: 'qualified',
  not_yet: 'nurturing',
  unqualified: 'unqualified'
}

/** The reasons why a qualification does not change a lead's status. */
export const STATUS_KEPT_REASONS = ['has_client', 'closed', 'same_group', 'no_status'] as const
export type StatusKept = (typeof STATUS_KEPT_REASONS)[number]

/**
 * The reason why a lead keeps its status; null when it moves. A lead with a client is beyond
 * qualification, and only a person reopens a closed lead.
 */
export function statusKept(
  lead: { group: StatusGroup; hasClient: boolean },
  to: StatusGroup
): StatusKept | null {
  if (!isOpenGroup(lead.group)) return 'closed'
  if (lead.hasClient || GROUPS[lead.group].isConnected) return 'has_client'
  if (lead.group === to) return 'same_group'
  const obstacle = obstacleToMove({ ...lead, isQuarantined: false }, { to, reason: null })
  if (obstacle !== null) throw new Error(`an open lead can't be qualified: ${obstacle}`)
  return null
}

/** A qualification, and the lead that it changed. */
export interface QualifiedLead {
  qualification: Qualification
  lead: Lead
  /** The reason why the status did not change; null when it changed. */
  statusKept: StatusKept | null
}
