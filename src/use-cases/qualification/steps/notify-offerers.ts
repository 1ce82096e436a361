import type { Transaction } from '../../../database/client.ts'
import type { Handover } from '../../../domain/qualification/handover.ts'
import { planColleagueMail } from '../../../domain/qualification/handover-mail.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { createDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { findLeadById } from '../../../repositories/leads/leads.ts'
import { findActiveColleagues } from '../../../repositories/qualification/colleagues.ts'

/** Enqueues mails about the end of offers to the active users who made them. */
export async function notifyOfferers(
  tx: Transaction,
  handovers: readonly Handover[],
  { now, mailDomain }: { now: Date; mailDomain: string }
): Promise<void> {
  const offererIds = handovers.flatMap(({ fromUserId }) => fromUserId ?? [])
  const offerers = await findActiveColleagues(tx, [...new Set(offererIds)])
  const dealer = offerers.length === 0 ? null : await findDealer(tx)
  for (const { id: aboutId, leadId, fromUserId } of handovers) {
    const offerer = offerers.filter(({ id }) => id === fromUserId)
    const lead = offerer.length === 0 ? null : await findLeadById(tx, leadId)
    if (!lead || !dealer) continue
    const { isTest } = lead.content
    const mail = { aboutId, isTest, settings: dealer.settings }
    const deliveries = planColleagueMail('offer_response_mail', offerer, mail)
    await createDeliveries(tx, { leadId, deliveries, mailDomain, now })
  }
}
