import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { lockLeadAssignments } from '../../repositories/leads/lead-assignments.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'
import { assign, findRefusals, holdTarget } from './steps/assign.ts'
import type { LeadTarget } from './steps/assign.ts'
import { readLockedLead } from './steps/read-locked-lead.ts'

interface AssignLead extends ChangeCommand {
  leadId: string
  to: LeadTarget
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/** Assigns a lead to a user, who is notified, or puts it into a queue, unassigned. */
export async function assignLead(db: Database, command: AssignLead): Promise<Lead | Refusal> {
  const { principal, leadId, mailDomain, now } = command
  return await write(db, command, async (tx) => {
    const [found] = await lockLeadAssignments(tx, principal, [leadId])
    const lead = expected(command, found ?? null, 'lead')
    if (isRefusal(lead)) return lead
    const to = await holdTarget(tx, command.to)
    if (isRefusal(to)) return to
    const refused = (await findRefusals(tx, [lead], to)).get(leadId)
    if (refused) return refused
    await assign(tx, [lead], { to, actor: actorOf(principal), now, mailDomain })
    return await readLockedLead(tx, leadId)
  })
}
