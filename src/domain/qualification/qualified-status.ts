import type { Lead } from '../leads/lead.ts'
import { GROUPS, isOpenGroup } from '../leads/status-groups.ts'
import { obstacleToMove } from '../leads/status.ts'
import type { StatusGroup } from '../leads/status-groups.ts'
import type { Qualification, QualificationResult } from './form.ts'

/** Where a lead goes that was found to be so. */
export const GROUP_OF_RESULT: Record<QualificationResult, StatusGroup> = {
  qualified: 'qualified',
  not_yet: 'nurturing',
  unqualified: 'unqualified'
}

/** Why a qualified lead keeps the status it has. */
export const STATUS_KEPT_REASONS = ['has_client', 'closed', 'same_group', 'no_status'] as const
export type StatusKept = (typeof STATUS_KEPT_REASONS)[number]

/**
 * Why a lead keeps its status whatever its qualification says, or null: it moves. A lead with a client
 * is further on than any result can say; a closed one is reopened by a person, and not in passing.
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

/** A qualification with the lead after it. */
export interface QualifiedLead {
  qualification: Qualification
  lead: Lead
  /** Why the status did not change; null when it changed. */
  statusKept: StatusKept | null
}
