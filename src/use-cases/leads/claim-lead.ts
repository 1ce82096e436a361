import type { Database, Transaction } from '../../database/client.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { NotTheirsToChange } from '../../domain/access/not-theirs.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { isRefusal, unauthenticated } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { lockLeadAssignments } from '../../repositories/leads/lead-assignments.ts'
import type { LeadWithAssignment } from '../../repositories/leads/lead-assignments.ts'
import { findLead, wouldWait } from '../../repositories/leads/leads.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'
import { assign, holdTarget } from './steps/assign.ts'
import { readLockedLead } from './steps/read-locked-lead.ts'

export interface ClaimLead extends ChangeCommand {
  leadId: string
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/**
 * Assigns a lead that waits in a queue to the caller. The second of two concurrent claims finds the
 * lead taken. So the lead is locked first, and the caller's right to see it is checked afterwards.
 */
export async function claimLead(db: Database, command: ClaimLead): Promise<Lead | Refusal> {
  const { principal, leadId, mailDomain, now } = command
  return await write(db, command, async (tx) => {
    const [found] = await lockLeadAssignments(tx, null, [leadId])
    const isVisible = found !== undefined && (await couldSee(tx, principal, found))
    const lead = expected(command, isVisible ? found : null, 'lead')
    if (isRefusal(lead)) return lead
    const { assigneeId } = lead.assignment
    if (assigneeId === principal.id) return await readLockedLead(tx, leadId)
    if (assigneeId !== null) return { refusal: 'lead-taken' }
    if (!(await mayTake(tx, principal, lead))) throw new NotTheirsToChange()
    if (lead.quarantineReason !== null) return { refusal: 'quarantined' }
    const to = await holdTarget(tx, { assigneeId: principal.id })
    if (isRefusal(to)) return unauthenticated('session-ended')
    const actor = actorOf(principal)
    await assign(tx, [lead], { to, actor, now, mailDomain, eventData: { by: 'claim' } })
    return await readLockedLead(tx, leadId)
  })
}

/** Who was only told of a lead, or had to do with it, does not take it from a queue of others. */
async function mayTake(
  tx: Transaction,
  principal: TenantPrincipal,
  lead: LeadWithAssignment
): Promise<boolean> {
  if (seesAll(principal)) return true
  return isInOwnQueue(principal, lead) && (await wouldWait(tx, lead.id))
}

function isInOwnQueue(principal: TenantPrincipal, { assignment }: LeadWithAssignment): boolean {
  const queueId = assignment.queueId ?? assignment.homeQueueId
  return principal.kind === 'user' && queueId !== null && principal.queueIds.includes(queueId)
}

/**
 * Also true where the caller saw the lead before another claim took it from a queue of the caller; not
 * for one that would not wait there, because it is closed or has a client.
 */
async function couldSee(
  tx: Transaction,
  principal: TenantPrincipal,
  lead: LeadWithAssignment
): Promise<boolean> {
  if (seesAll(principal)) return true
  if (isInOwnQueue(principal, lead) && (await wouldWait(tx, lead.id))) return true
  return (await findLead(tx, principal, lead.id)) !== null
}
