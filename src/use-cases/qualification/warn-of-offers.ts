import type { Database, Transaction } from '../../database/client.ts'
import { planNotification } from '../../domain/notifications/notification.ts'
import type { Handover } from '../../domain/qualification/handover.ts'
import { createDeliveriesOfMany } from '../../repositories/deliveries/deliveries.ts'
import { findRecipients } from '../../repositories/notifications/recipients.ts'
import { findTellableLeads } from '../../repositories/notifications/tellable-leads.ts'
import { findActiveMembers } from '../../repositories/qualification/colleagues.ts'
import { lockEndingOffers, markWarned } from '../../repositories/qualification/ending-offers.ts'
import type { WatchCommand } from '../command.ts'

/** The number of offers that one round warns of. */
const BATCH = 50

/**
 * Tells those to whom a lead is offered that the offer is about to end, once. Returns the number of
 * offers.
 */
export async function warnOfOffers(
  db: Database,
  { dealerId, now, mailDomain }: Pick<WatchCommand, 'dealerId' | 'now' | 'mailDomain'>
): Promise<number> {
  return await db.transaction(dealerId, async (tx) => {
    const ending = await lockEndingOffers(tx, now, BATCH)
    await markWarned(
      tx,
      ending.map(({ id }) => id)
    )
    const leads = await findTellableLeads(
      tx,
      ending.map(({ leadId }) => leadId)
    )
    // Those past their end are expired in this very minute.
    const open = ending.filter(({ expiresAt }) => expiresAt !== null && expiresAt > now)
    for (const offer of open) {
      const lead = leads.get(offer.leadId)
      if (lead) await warn(tx, offer, { holderId: lead.assigneeId, now, mailDomain })
    }
    return ending.length
  })
}

async function warn(
  tx: Transaction,
  { id: aboutId, leadId, toUserId, toTeam, fromUserId, expiresAt }: Handover,
  { holderId, now, mailDomain }: { holderId: string | null; now: Date; mailDomain: string }
): Promise<void> {
  const members = toTeam === null ? [] : await findActiveMembers(tx, toTeam)
  const others = members.map(({ id }) => id).filter((id) => id !== fromUserId && id !== holderId)
  const recipients = await findRecipients(tx, toUserId === null ? others : [toUserId])
  const facts = { expiresAt: expiresAt?.toISOString() ?? null }
  const deliveries = planNotification('offerEnding', recipients, { aboutId, facts, key: aboutId })
  await createDeliveriesOfMany(tx, {
    deliveries: deliveries.map((delivery) => ({ leadId, ...delivery })),
    mailDomain,
    now
  })
}
