import type { Transaction } from '../../../database/client.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import type { LeadSnapshot } from '../../../domain/operations/operation.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { isOpenGroup } from '../../../domain/leads/status-groups.ts'
import { stoodSeconds } from '../../../domain/leads/status.ts'
import type { HeldStatus } from '../../../repositories/dealers/group-statuses.ts'
import { findLeadSnapshot, updateLead } from '../../../repositories/leads/leads.ts'
import {
  keepSaleOfLead,
  renewSaleVersions
} from '../../../repositories/operations/sale-operations.ts'
import { moveSaleToClient } from '../../../repositories/sales/sales.ts'
import type { ChangeCommand, CreateCommand } from '../../command.ts'

/** A command that links, converts, unlinks or moves a lead. The version is the lead's. */
export interface LeadCommand<Done> extends CreateCommand<Done>, ChangeCommand {
  leadId: string
}

/**
 * Refuses a client for a lead that has one, is lost or deleted, or is quarantined. Null: it can get
 * one. A sold lead needs no reopening: who bought is a client.
 */
export function refuseClient(lead: Lead): Refusal | null {
  if (lead.client !== null) return { refusal: 'lead-has-client' }
  if (!isOpenGroup(lead.status.group) && !isSold(lead)) return { refusal: 'lead-closed' }
  return lead.quarantineReason === null ? null : { refusal: 'quarantined' }
}

/** The status of a lead that gets a client: the one meant for it, but a sold lead stays sold. */
export function statusWithClient(lead: Lead, meant: HeldStatus): HeldStatus {
  return isSold(lead) ? lead.status : meant
}

function isSold({ status }: Lead): boolean {
  return status.group === 'sold'
}

/** The place of a lead before, its version now, and the data of its event. */
export interface ChangedLead {
  before: LeadSnapshot
  versionAfter: number
  moved: Record<string, unknown>
}

/**
 * Gives a locked lead a status and a client, or takes the client away; its sale goes with it. A client
 * ends the wait for a response: the lead was worked on.
 */
export async function changeClientAndStatus(
  tx: Transaction,
  lead: Lead,
  to: { status: HeldStatus; clientId: string | null },
  now: Date
): Promise<ChangedLead> {
  const snapshot = await findLeadSnapshot(tx, lead.id)
  if (!snapshot) throw new Error('a locked lead is gone')
  const { statusChangedAt, version, ...before } = snapshot
  const entersStatus = to.status.id !== before.statusId
  const versionAfter = await updateLead(
    tx,
    lead.id,
    {
      clientId: to.clientId,
      ...(entersStatus ? { statusId: to.status.id, statusChangedAt: now } : {}),
      ...(to.clientId === null ? {} : { respondBy: null, clockDueAt: null })
    },
    now
  )
  if (!entersStatus && isSold(lead)) {
    await keepSaleOfLead(tx, lead.id, { from: version, to: versionAfter })
  }
  if (to.clientId !== before.clientId) {
    await renewSaleVersions(tx, lead.id, await moveSaleToClient(tx, lead.id, to.clientId, now))
  }
  const moved = {
    fromStatusId: before.statusId,
    toStatusId: to.status.id,
    fromGroup: lead.status.group,
    toGroup: to.status.group,
    stoodSeconds: stoodSeconds(statusChangedAt, now)
  }
  return { before, versionAfter, moved: entersStatus ? moved : {} }
}
