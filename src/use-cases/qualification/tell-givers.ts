import type { Transaction } from '../../database/client.ts'
import type { Handover } from '../../domain/qualification/handover.ts'
import { planColleagueMail } from '../../domain/qualification/handover-mail.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { oweDeliveries } from '../../repositories/deliveries/deliveries.ts'
import { findLeadById } from '../../repositories/leads/leads.ts'
import { findActiveColleagues } from '../../repositories/qualification/colleagues.ts'

/** Owes those who offered leads a mail that says what became of it; who has left gets none. */
export async function tellGivers(
  tx: Transaction,
  handovers: readonly Handover[],
  { now, mailDomain }: { now: Date; mailDomain: string }
): Promise<void> {
  const giverIds = handovers.flatMap(({ fromUserId }) => fromUserId ?? [])
  const givers = await findActiveColleagues(tx, [...new Set(giverIds)])
  const dealer = givers.length === 0 ? null : await findDealer(tx)
  for (const { id: aboutId, leadId, fromUserId } of handovers) {
    const giver = givers.filter(({ id }) => id === fromUserId)
    const lead = giver.length === 0 ? null : await findLeadById(tx, leadId)
    if (!lead || !dealer) continue
    const { isTest } = lead.content
    const words = { aboutId, isTest, settings: dealer.settings }
    const deliveries = planColleagueMail('offer_answer_mail', giver, words)
    await oweDeliveries(tx, { leadId, deliveries, mailDomain, now })
  }
}
