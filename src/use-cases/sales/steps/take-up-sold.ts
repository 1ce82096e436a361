import type { Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { actorOf } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import type { LeadAssignment } from '../../../domain/operations/operation.ts'
import { invalid, isRefusal } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { lockLeadAssignments } from '../../../repositories/leads/lead-assignments.ts'
import { recordWaited } from '../../../repositories/operations/sale-operations.ts'
import { findSaleOfLead } from '../../../repositories/sales/sales.ts'
import { assign, findRefusals, holdTarget } from '../../leads/steps/assign.ts'
import { readLockedLead } from '../../leads/steps/read-locked-lead.ts'

/** A lead that is about to be sold, and where it waited if its seller took it up; null: they did not. */
interface TakenUp {
  lead: Lead
  waited: LeadAssignment | null
}

/**
 * A locked lead that no user has goes to the user who sells it, as the sale is to their credit. Refused where they
 * may not have it. A key is no user: what it sells stays without one. `pointer` names what asks for the sale.
 */
export async function takeUpSold(
  tx: Transaction,
  lead: Lead,
  {
    principal,
    now,
    mailDomain,
    pointer
  }: { principal: TenantPrincipal; now: Date; mailDomain: string; pointer: '/statusId' | '/stage' }
): Promise<TakenUp | Refusal> {
  if (lead.assignee !== null || principal.kind !== 'user') return { lead, waited: null }
  const [held] = await lockLeadAssignments(tx, null, [lead.id])
  if (!held) throw new Error('a locked lead is gone')
  const to = await holdTarget(tx, { assigneeId: principal.id })
  if (isRefusal(to)) return to
  if ((await findRefusals(tx, [held], to)).size > 0) return invalid(pointer, 'no-converted-leads')
  const eventData = { by: 'claim' }
  await assign(tx, [held], { to, actor: actorOf(principal), now, mailDomain, eventData })
  return { lead: await readLockedLead(tx, lead.id), waited: held.assignment }
}

/** The undo of the sale returns the lead to where it waited. */
export async function keepWaited(
  tx: Transaction,
  leadId: string,
  { waited }: Pick<TakenUp, 'waited'>
): Promise<void> {
  const sale = waited && (await findSaleOfLead(tx, leadId))
  if (sale) await recordWaited(tx, sale, waited)
}
