import type { Transaction } from '../../../database/client.ts'
import type { User } from '../../../domain/access/user.ts'
import { planNotification } from '../../../domain/notifications/notification.ts'
import { countPlannedActivities } from '../../../repositories/activities/follow-ups.ts'
import { createDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { countResponsibilities } from '../../../repositories/notifications/open-deals.ts'
import { countOpenLeads } from '../../../repositories/notifications/open-leads.ts'
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
  const count = await countOpenLeads(tx, aboutId)
  const activities = await countPlannedActivities(tx, aboutId)
  const { clients, opportunities } = await countResponsibilities(tx, aboutId)
  if (count + activities + clients + opportunities === 0) return
  const managers = (await findManagers(tx)).filter(({ id }) => id !== aboutId)
  const told = {
    aboutId,
    facts: { count, activities, clients, opportunities },
    key: `${aboutId} ${version}`
  }
  const deliveries = planNotification('openLeads', managers, told)
  await createDeliveries(tx, { leadId: null, deliveries, mailDomain, now })
}
