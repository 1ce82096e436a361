import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'

const WAITS = statement(
  'what-a-lead-waits-for',
  { leadId: 'uuid' },
  `select
     exists (select from handovers h where h.dealer_id = :dealerId and h.lead_id = :leadId
       and h.state = 'offered') as "isOffered",
     exists (select from link_requests r where r.dealer_id = :dealerId and r.lead_id = :leadId
       and r.state = 'asked') as "isAsked"`
).returning<{ isOffered: boolean; isAsked: boolean }>()

/** Whether a lead has open offers and requests: most have none, which one statement tells. */
export async function findWhatWaits(
  tx: Transaction,
  leadId: string
): Promise<{ isOffered: boolean; isAsked: boolean }> {
  const [row] = await tx.run(WAITS, { leadId })
  return row ?? { isOffered: false, isAsked: false }
}
