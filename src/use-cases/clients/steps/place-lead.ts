import type { Transaction } from '../../../database/client.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import type { LeadPlace } from '../../../domain/operations/operation.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { isOpenGroup } from '../../../domain/leads/status-groups.ts'
import { stoodSeconds } from '../../../domain/leads/status.ts'
import type { HeldStatus } from '../../../repositories/dealers/group-statuses.ts'
import { findLeadPlace, updateLead } from '../../../repositories/leads/leads.ts'
import { giveSaleToClient } from '../../../repositories/sales/sales.ts'
import type { ChangeCommand, CreateCommand } from '../../command.ts'

/** A command that links, converts, unlinks or moves a lead. The version is the lead's. */
export interface LeadCommand<Done> extends CreateCommand<Done>, ChangeCommand {
  leadId: string
}

/** Refuses a client for a lead that has one, is closed, or is quarantined. Null: it can get one. */
export function refuseClient(lead: Lead): Refusal | null {
  if (lead.client !== null) return { refusal: 'lead-has-client' }
  if (!isOpenGroup(lead.status.group)) return { refusal: 'lead-closed' }
  return lead.quarantineReason === null ? null : { refusal: 'quarantined' }
}

/** The place of a lead before, its version now, and the data of its event. */
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
