import type { Database } from '../../database/client.ts'
import { settleAmount, settleStanding } from '../../domain/clients/opportunity.ts'
import type { Opportunity, OpportunityStage } from '../../domain/clients/opportunity.ts'
import { invalid, isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findClientById } from '../../repositories/clients/clients.ts'
import {
  findOpportunity,
  findOpportunityById,
  lockOpportunity,
  updateOpportunity
} from '../../repositories/clients/opportunities.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import type { Duplicates } from '../sales/steps/refuse-sold-vehicle.ts'
import { write } from '../write.ts'
import { refuseHandover } from './steps/responsible-user.ts'
import { closeLeadOfDeal, holdLeadOfDeal } from './steps/close-lead-of-deal.ts'
import { recordOpportunity, refuseReferences } from './steps/opportunity-changes.ts'
import type { OpportunityChange } from './steps/opportunity-changes.ts'

interface ChangeOpportunity extends ChangeCommand, Duplicates {
  /** Domain of our Message-IDs. */
  mailDomain: string
  opportunityId: string
  change: OpportunityChange
  /** Closes the lead of a lost opportunity with it. */
  closeLead: boolean
}

/**
 * Changes an opportunity. Its client and lead never change. One that is won sells its lead, in the same
 * transaction; it stays won while it has a sale that counts.
 */
export async function changeOpportunity(
  db: Database,
  command: ChangeOpportunity
): Promise<Opportunity | Refusal> {
  const { principal, now, opportunityId, change, closeLead } = command
  return await write(db, command, async (tx) => {
    const seen = await findOpportunity(tx, principal, opportunityId)
    const ended = seen && { leadId: seen.leadId, stage: change.stage ?? seen.stage }
    if (ended && closeLead && !isLostWithLead(ended)) return invalid('/closeLead', 'no-lost-lead')
    if (seen && isSoldStill(seen, ended?.stage)) return { refusal: 'opportunity-sold' }
    const ofDeal =
      ended && isEnding(seen, command) ? await holdLeadOfDeal(tx, ended, closeLead) : null
    if (isRefusal(ofDeal)) return ofDeal
    const locked = await lockOpportunity(tx, principal, opportunityId)
    const before = expected(command, locked, 'opportunity')
    if (isRefusal(before)) return before
    const standing = settleStanding(before, change, now)
    if (isRefusal(standing)) return standing
    if (isSoldStill(before, standing.stage)) return { refusal: 'opportunity-sold' }
    const client = await findClientById(tx, before.clientId)
    const had = [before.responsibleUser?.id ?? null, client?.responsibleUser?.id ?? null] as const
    const refusal =
      refuseHandover(principal, change.responsibleUserId, had) ??
      (await refuseReferences(tx, principal, change))
    if (refusal) return refusal
    const settled = { ...change, ...standing, amount: settleAmount(before, change) }
    const opportunity = await updateOpportunity(tx, opportunityId, settled, now)
    await recordOpportunity(tx, 'opportunity.updated', opportunity, command, Object.keys(change))
    if (!ofDeal) return opportunity
    const unclosed = await closeLeadOfDeal(tx, command, ofDeal, {
      deal: opportunity,
      before,
      onlyStage: Object.keys(change).every((name) => name === 'stage' || name === 'closeReason')
    })
    return unclosed ?? (await findOpportunityById(tx, opportunityId)) ?? opportunity
  })
}

/** A deal with a sale stays won. */
function isSoldStill({ saleId }: Pick<Opportunity, 'saleId'>, stage?: OpportunityStage): boolean {
  return saleId !== null && stage !== 'won'
}

function isLostWithLead({ stage, leadId }: Pick<Opportunity, 'stage' | 'leadId'>): boolean {
  return stage === 'lost' && leadId !== null
}

/** Whether the change ends the deal, asks to close the lead of one that ended, or changes the amount of a sale. */
function isEnding(
  before: Pick<Opportunity, 'stage' | 'saleId'>,
  { change, closeLead }: Pick<ChangeOpportunity, 'change' | 'closeLead'>
): boolean {
  const isSoldFor = before.saleId !== null && ('amount' in change || 'products' in change)
  return closeLead || isSoldFor || (change.stage !== undefined && change.stage !== before.stage)
}
