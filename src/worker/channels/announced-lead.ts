import type { Dealer } from '../../domain/dealers/dealer.ts'
import type {
  Delivery,
  DeliveryObstacle,
  DeliveryPurpose
} from '../../domain/deliveries/delivery.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { because } from '../../domain/reasons/reasons.ts'
import type { DeliveryFacts } from './delivery-facts.ts'

/** What ended for its reader as the lead was deleted is told all the same. */
const TOLD_OF_DELETED: readonly DeliveryPurpose[] = ['link_response_mail']

/** The lead that a delivery is about, unless no channel announces it any more. */
export async function findAnnouncedLead(
  facts: DeliveryFacts,
  { leadId, purpose }: Delivery
): Promise<{ lead: Lead; dealer: Dealer } | DeliveryObstacle> {
  const lead = leadId === null ? null : await facts.lead(leadId)
  const dealer = await facts.dealer()
  if (!lead || !dealer) return { obstacle: because('lead_erased') }
  if (lead.quarantineReason !== null) return { obstacle: because('quarantined') }
  if (lead.status.group === 'deleted' && !TOLD_OF_DELETED.includes(purpose))
    return { obstacle: because('lead_deleted') }
  return { lead, dealer }
}
