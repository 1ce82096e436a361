import type { Database, Transaction } from '../../database/client.ts'
import type { Client } from '../../domain/clients/client.ts'
import { mailToTester, mailToUser } from '../../domain/deliveries/delivery.ts'
import type { PlannedDelivery } from '../../domain/deliveries/delivery.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { invalid, isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { createDeliveries } from '../../repositories/deliveries/deliveries.ts'
import { holdStatusOfGroup } from '../../repositories/dealers/group-statuses.ts'
import { lockLead } from '../../repositories/leads/leads.ts'
import { findUser } from '../../repositories/access/users.ts'
import { expected } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { refuseClient } from './steps/change-client-and-status.ts'
import type { LeadCommand } from './steps/change-client-and-status.ts'
import { findFreeClient } from './steps/colleagues-client.ts'
import { makeLink } from './steps/make-link.ts'
import type { LinkedLead } from './steps/make-link.ts'

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
  const { principal, leadId, clientId, planActivity, mailDomain, now } = command
  const lead = expected(command, await lockLead(tx, principal, leadId), 'lead')
  if (isRefusal(lead)) return lead
  const obstacle = refuseClient(lead)
  if (obstacle) return obstacle
  const client = await findFreeClient(tx, principal, { lead, clientId, locks: true })
  if (isRefusal(client)) return client
  const status = await holdStatusOfGroup(tx, 'linked', command.statusId)
  if (!status) return invalid('/statusId', 'status-of-other-group')
  const linked = await makeLink(tx, command, { lead, client, status, planActivity })
  if (command.notifyResponsible) {
    const deliveries = await planNotice(tx, lead, client)
    await createDeliveries(tx, { leadId, mailDomain, now, deliveries })
  }
  return linked
}

/** The mail to the client's active responsible user. The mail of a test lead goes to the test address. */
async function planNotice(
  tx: Transaction,
  lead: Lead,
  { responsibleUser }: Client
): Promise<PlannedDelivery[]> {
  const user = responsibleUser && (await findUser(tx, responsibleUser.id))
  if (user?.active !== true) return []
  if (!lead.content.isTest) return [mailToUser('responsible_mail', user)]
  const testAddress = (await findDealer(tx))?.settings.testAddress ?? null
  return testAddress === null ? [] : [mailToTester('responsible_mail', testAddress, user.name)]
}
