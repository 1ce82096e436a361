import type { Transaction } from '../../../database/client.ts'
import { standingWithoutSale } from '../../../domain/clients/opportunity.ts'
import type { Opportunity, OpportunityStanding } from '../../../domain/clients/opportunity.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { WonOpportunity } from '../../../domain/operations/operation.ts'
import {
  lockOpportunityById,
  updateOpportunity
} from '../../../repositories/clients/opportunities.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { findLeadById } from '../../../repositories/leads/leads.ts'
import { renewOpportunityVersion } from '../../../repositories/operations/operations.ts'
import { findWonOpportunity } from '../../../repositories/operations/sale-operations.ts'
import type { Sale } from '../../../domain/sales/sale.ts'

interface Happened {
  actor: Actor
  now: Date
}

/**
 * The opportunity that a sale won, where it is won still: lost with its lead, by the lead's reason; else as it
 * stood before. The lead is locked.
 */
export async function freeOpportunity(
  tx: Transaction,
  happened: Happened,
  sale: Pick<Sale, 'leadId' | 'operationId' | 'opportunityId'>
): Promise<void> {
  const { leadId, operationId, opportunityId } = sale
  if (opportunityId === null) return
  const opportunity = await lockOpportunityById(tx, opportunityId)
  if (opportunity?.stage !== 'won') return
  const won = await findWonOpportunity(tx, sale)
  const lead = await findLeadById(tx, leadId)
  const reason = lead && (lead.statusReason?.name ?? lead.statusReasonText ?? lead.status.name)
  const lostBy = lead?.status.group === 'lost' ? reason : null
  const found = { opportunity, won: won?.id === opportunityId ? won : null }
  await putOpportunityBack(tx, happened, { leadId, operationId, lostBy }, found)
}

/** Puts back a locked opportunity that a sale won, with an event. */
export async function putOpportunityBack(
  tx: Transaction,
  happened: Happened,
  { leadId, operationId, lostBy }: Pick<Sale, 'leadId' | 'operationId'> & { lostBy: string | null },
  { opportunity, won }: { opportunity: Opportunity; won: WonOpportunity | null }
): Promise<void> {
  const { id, version } = opportunity
  const { now } = happened
  const isUnchanged = version === won?.versionAfter
  const standing: OpportunityStanding =
    lostBy === null
      ? standingWithoutSale(stoodBefore(won), isUnchanged)
      : { stage: 'lost', closeReason: lostBy, closedAt: now }
  const after = await standOpportunity(
    tx,
    happened,
    { leadId, operationId },
    { opportunity, standing }
  )
  const from = won?.versionBefore ?? null
  if (!isUnchanged || from === null || lostBy !== null) return
  await renewOpportunityVersion(tx, { leadId, opportunityId: id }, { from, to: after.version })
}

/** Gives a locked opportunity the standing that a sale leaves it in, with an event. */
export async function standOpportunity(
  tx: Transaction,
  { actor, now }: Happened,
  { leadId, operationId }: Pick<Sale, 'leadId' | 'operationId'>,
  {
    opportunity: { id, clientId },
    standing
  }: { opportunity: Opportunity; standing: OpportunityStanding }
): Promise<Opportunity> {
  const after = await updateOpportunity(tx, id, standing, now)
  await recordEvents(tx, actor, now, [
    {
      type: 'opportunity.updated',
      subject: { type: 'opportunity', id },
      leadId,
      clientId,
      data: { fields: ['stage'], stage: standing.stage, operationId }
    }
  ])
  return after
}

function stoodBefore(won: WonOpportunity | null): OpportunityStanding | null {
  const before = won?.before ?? null
  if (before === null) return null
  return { ...before, closedAt: before.closedAt === null ? null : new Date(before.closedAt) }
}
