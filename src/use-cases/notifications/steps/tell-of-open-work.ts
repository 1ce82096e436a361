import type { Transaction } from '../../../database/client.ts'
import type { User } from '../../../domain/access/user.ts'
import { planNotification } from '../../../domain/notifications/notification.ts'
import { createDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { countOpenWork } from '../../../repositories/notifications/open-work.ts'
import { findManagers } from '../../../repositories/notifications/recipients.ts'

/**
 * Tells owners and admins of the open work that a user still has who is being deactivated: leads, planned
 * activities, clients and open opportunities.
 */
export async function tellOfOpenWork(
  tx: Transaction,
  { id: aboutId, version }: User,
  { now, mailDomain }: { now: Date; mailDomain: string }
): Promise<void> {
  const facts = await countOpenWork(tx, aboutId)
  if (!facts) return
  const managers = (await findManagers(tx)).filter(({ id }) => id !== aboutId)
  const told = { aboutId, facts: { ...facts }, key: `${aboutId} ${version}` }
  const deliveries = planNotification('openLeads', managers, told)
  await createDeliveries(tx, { leadId: null, deliveries, mailDomain, now })
}
