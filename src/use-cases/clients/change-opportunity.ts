import type { Database } from '../../database/client.ts'
import { settleAmount, settleStanding } from '../../domain/clients/opportunity.ts'
import type { Opportunity } from '../../domain/clients/opportunity.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { lockOpportunity, updateOpportunity } from '../../repositories/clients/opportunities.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'
import { recordOpportunity, refuseReferences } from './steps/opportunity-changes.ts'
import type { OpportunityChange } from './steps/opportunity-changes.ts'

interface ChangeOpportunity extends ChangeCommand {
  opportunityId: string
  change: OpportunityChange
}

/** Changes an opportunity. Its client and lead never change. */
export async function changeOpportunity(
  db: Database,
  command: ChangeOpportunity
): Promise<Opportunity | Refusal> {
  const { principal, now, opportunityId, change } = command
  return await write(db, command, async (tx) => {
    const locked = await lockOpportunity(tx, principal, opportunityId)
    const before = expected(command, locked, 'opportunity')
    if (isRefusal(before)) return before
    const standing = settleStanding(before, change, now)
    if (isRefusal(standing)) return standing
    const refusal = await refuseReferences(tx, principal, change)
    if (refusal) return refusal
    const settled = { ...change, ...standing, amount: settleAmount(before, change) }
    const opportunity = await updateOpportunity(tx, opportunityId, settled, now)
    await recordOpportunity(tx, 'opportunity.updated', opportunity, command, Object.keys(change))
    return opportunity
  })
}
