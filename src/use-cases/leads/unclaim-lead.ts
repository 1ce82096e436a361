import type { Database } from '../../database/client.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { forbidden, isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findDefaultQueueId } from '../../repositories/dealers/queues.ts'
import { lockLeadAssignments } from '../../repositories/leads/lead-assignments.ts'
import { expected } from '../command.ts'
import { write } from '../write.ts'
import type { ClaimLead } from './claim-lead.ts'
import { assign, findRefusals } from './steps/assign.ts'
import { readLockedLead } from './steps/read-locked-lead.ts'

/** Puts a lead back into its last queue, or the default one. An unassigned lead does not change. */
export async function unclaimLead(db: Database, command: ClaimLead): Promise<Lead | Refusal> {
  const { principal, leadId, mailDomain, now } = command
  return await write(db, command, async (tx) => {
    const [found] = await lockLeadAssignments(tx, principal, [leadId])
    const lead = expected(command, found ?? null, 'lead')
    if (isRefusal(lead)) return lead
    const { assigneeId, homeQueueId } = lead.assignment
    if (assigneeId === null) return await readLockedLead(tx, leadId)
    if (assigneeId !== principal.id && !seesAll(principal)) return forbidden('lead-of-other-user')
    const to = { assignee: null, queueId: homeQueueId ?? (await findDefaultQueueId(tx)) }
    const refused = (await findRefusals(tx, [lead], to)).get(leadId)
    if (refused) return refused
    const actor = actorOf(principal)
    await assign(tx, [lead], { to, actor, now, mailDomain, eventData: { by: 'unclaim' } })
    return await readLockedLead(tx, leadId)
  })
}
