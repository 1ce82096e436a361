import type { Transaction } from '../../database/client.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { LeadPlace } from '../../domain/operations/operation.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { isOpenGroup } from '../../domain/leads/status-groups.ts'
import { stoodSeconds } from '../../domain/leads/status.ts'
import type { HeldStatus } from '../../repositories/dealers/group-statuses.ts'
import { findLeadPlace, updateLead } from '../../repositories/leads/leads.ts'
import { giveSaleToClient } from '../../repositories/sales/sales.ts'

/** What linking, converting, unlinking and moving a lead have in common. */
export interface LeadCall {
  principal: TenantPrincipal
  actor: Actor
  leadId: string
  /** Throws where the call is based on another version of the lead. */
  checkVersion: (version: number) => void
  now: Date
}

export type LeadCallRefusal =
  | 'unknown-lead'
  | 'unknown-client'
  | 'unknown-status'
  | 'unknown-user'
  | 'quarantined'
  | 'has-client'
  | 'has-no-client'
  | 'same-client'
  | 'closed'
  | 'contact-changed'

/**
 * Why a lead can't be given a client, or null: it can. One client at a time; a closed lead is
 * reopened first; one that is held back is released first.
 */
export function obstacleToClient(lead: Lead): LeadCallRefusal | null {
  if (lead.client !== null) return 'has-client'
  if (!isOpenGroup(lead.status.group)) return 'closed'
  return lead.quarantineReason === null ? null : 'quarantined'
}

/** Where a lead stood, the version it has now, and what history says of the move. */
export interface PlacedLead {
  before: LeadPlace
  versionAfter: number
  moved: Record<string, unknown>
}

/** Gives a locked lead a status and a client, or takes the client away; its sale goes with it. */
export async function placeLead(
  tx: Transaction,
  lead: Lead,
  to: { status: HeldStatus; clientId: string | null },
  now: Date
): Promise<PlacedLead> {
  const place = await findLeadPlace(tx, lead.id)
  if (!place) throw new Error('a locked lead is gone')
  const { statusChangedAt, version: _, ...before } = place
  const entersStatus = to.status.id !== before.statusId
  const versionAfter = await updateLead(
    tx,
    lead.id,
    {
      clientId: to.clientId,
      ...(entersStatus ? { statusId: to.status.id, statusChangedAt: now } : {})
    },
    now
  )
  if (to.clientId !== before.clientId) await giveSaleToClient(tx, lead.id, to.clientId, now)
  const moved = {
    fromStatusId: before.statusId,
    toStatusId: to.status.id,
    fromGroup: lead.status.group,
    toGroup: to.status.group,
    stoodSeconds: stoodSeconds(statusChangedAt, now)
  }
  return { before, versionAfter, moved: entersStatus ? moved : {} }
}
