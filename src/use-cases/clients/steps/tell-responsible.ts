import type { Transaction } from '../../../database/client.ts'
import type { Client } from '../../../domain/clients/client.ts'
import { mailToTester, mailToUser } from '../../../domain/deliveries/delivery.ts'
import type { PlannedDelivery } from '../../../domain/deliveries/delivery.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { createDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { findUser } from '../../../repositories/access/users.ts'
import type { FollowUpCommand } from './plan-follow-up.ts'

/** Tells the responsible user of a client that it got a lead. */
export async function tellResponsible(
  tx: Transaction,
  { mailDomain, now }: Pick<FollowUpCommand, 'mailDomain' | 'now'>,
  lead: Lead,
  client: Client
): Promise<void> {
  const deliveries = await planNotice(tx, lead, client)
  await createDeliveries(tx, { leadId: lead.id, mailDomain, now, deliveries })
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
