import type { Database, Transaction } from '../../database/client.ts'
import { invalid, isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { holdStatusOfGroup } from '../../repositories/dealers/group-statuses.ts'
import { lockLead } from '../../repositories/leads/leads.ts'
import { expected } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { refuseClient } from './steps/change-client-and-status.ts'
import type { LeadCommand } from './steps/change-client-and-status.ts'
import { findFreeClient } from './steps/colleagues-client.ts'
import { makeLink } from './steps/make-link.ts'
import type { LinkedLead } from './steps/make-link.ts'
import { tellResponsible } from './steps/tell-responsible.ts'

interface LinkLead extends LeadCommand<LinkedLead> {
  clientId: string
  /** A status of group `linked`, or null: the dealer's first. */
  statusId: string | null
  planActivity: boolean
  notifyResponsible: boolean
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/** Links a lead to a client, and plans the next activity. */
export async function linkLead(
  db: Database,
  command: LinkLead
): Promise<Created<LinkedLead> | Refusal> {
  return await createOnce(db, command, (tx) => link(tx, command))
}

async function link(tx: Transaction, command: LinkLead): Promise<LinkedLead | Refusal> {
  const { principal, leadId, clientId, planActivity } = command
  const lead = expected(command, await lockLead(tx, principal, leadId), 'lead')
  if (isRefusal(lead)) return lead
  const obstacle = refuseClient(lead)
  if (obstacle) return obstacle
  const client = await findFreeClient(tx, principal, { lead, clientId, locks: true })
  if (isRefusal(client)) return client
  const status = await holdStatusOfGroup(tx, 'linked', command.statusId)
  if (!status) return invalid('/statusId', 'status-of-other-group')
  const linked = await makeLink(tx, command, { lead, client, status, planActivity })
  if (command.notifyResponsible) await tellResponsible(tx, command, lead, client)
  return linked
}
