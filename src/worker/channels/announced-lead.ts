import type { Dealer } from '../../domain/dealers/dealer.ts'
import type { Delivery, DeliveryObstacle } from '../../domain/deliveries/delivery.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { because } from '../../domain/reasons/reasons.ts'
import type { DeliveryFacts } from './delivery-facts.ts'

/** The lead that a delivery is about, unless no channel announces it any more. */
export async function findAnnouncedLead(
  facts: DeliveryFacts,
  { leadId }: Delivery
): Promise<{ lead: Lead; dealer: Dealer } | DeliveryObstacle> {
  const lead = leadId === null ? null : await facts.lead(leadId)
  const dealer = await facts.dealer()
  if (!lead || !dealer) return { obstacle: because('lead_erased') }
  if (lead.quarantineReason !== null) return { obstacle: because('quarantined') }
  if (lead.status.group === 'deleted') return { obstacle: because('lead_deleted') }
  return { lead, dealer }
}
