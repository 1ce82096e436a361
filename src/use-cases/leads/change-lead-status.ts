import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { obstacleToMove } from '../../domain/leads/status.ts'
import { invalid, isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { leadStatuses } from '../../repositories/dealers/status-records.ts'
import { lockLead } from '../../repositories/leads/leads.ts'
import { withdrawRequestsOfClosed } from '../clients/steps/end-link-requests.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'
import { tellOfSale } from '../notifications/steps/tell-of-sales.ts'
import { refuseSoldVehicleOf } from '../sales/steps/refuse-sold-vehicle.ts'
import { keepWaited, takeUpSold } from '../sales/steps/take-up-sold.ts'
import { winOpportunityOfLead } from '../sales/steps/win-opportunity-of-lead.ts'
import type { Duplicates } from '../sales/steps/refuse-sold-vehicle.ts'
import { correctStatusReason, givesReason } from './steps/correct-status-reason.ts'
import { moveLeadToStatus } from './steps/move-lead.ts'
import { readLockedLead } from './steps/read-locked-lead.ts'
import { ANY_REASON, settleStatusReason } from './steps/settle-status-reason.ts'
import type { GivenReason } from './steps/settle-status-reason.ts'

interface ChangeLeadStatus extends ChangeCommand, GivenReason, Duplicates {
  leadId: string
  statusId: string
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/**
 * Moves a lead to a status. A move to the status that the lead has already changes only its reason. A lead
 * that waits goes to the user who sells it. Refused where it would record a second sale of a vehicle, unless that is allowed.
 */
export async function changeLeadStatus(
  db: Database,
  command: ChangeLeadStatus
): Promise<Lead | Refusal> {
  const { principal, leadId, statusId, now } = command
  return await write(db, command, async (tx) => {
    // The status before the lead, in the order in which a deletion of the status locks them.
    const status = await leadStatuses.lock(tx, statusId, 'target')
    const lead = expected(command, await lockLead(tx, principal, leadId), 'lead')
    if (isRefusal(lead)) return lead
    if (!status) return invalid('/statusId', 'unknown-status')
    const isThere = status.id === lead.status.id
    if (isThere && !givesReason(lead, command)) return lead
    const obstacle = obstacleToMove(
      {
        group: lead.status.group,
        hasClient: lead.client !== null,
        isQuarantined: lead.quarantineReason !== null
      },
      { to: status.group, reason: ANY_REASON }
    )
    if (obstacle !== null) return { refusal: obstacle }
    const settled = await settleStatusReason(tx, status.group, command)
    if (isRefusal(settled)) return settled
    if (isThere) {
      await correctStatusReason(tx, lead, settled, { actor: actorOf(principal), now })
      return await readLockedLead(tx, lead.id)
    }
    const happened = { actor: actorOf(principal), now, mailDomain: command.mailDomain }
    const isSold = status.group === 'sold' && lead.status.group !== 'sold'
    const selling = { principal, ...happened, pointer: '/statusId' } as const
    const taken = isSold ? await takeUpSold(tx, lead, selling) : { lead, waited: null }
    if (isRefusal(taken)) return taken
    const moved = await moveLeadToStatus(tx, {
      lead: taken.lead,
      status,
      change: { ...happened, reason: settled.text, reasonId: settled.id }
    })
    await keepWaited(tx, leadId, taken)
    await withdrawRequestsOfClosed(tx, { id: leadId, group: status.group }, happened)
    if (isSold) await winOpportunityOfLead(tx, leadId, { actor: actorOf(principal), now })
    if (isSold || (lead.status.group === 'sold' && status.group !== 'sold')) {
      await tellOfSale(tx, { leadId, state: isSold ? 'recorded' : 'cancelled' }, happened)
    }
    const sold = isSold ? await refuseSoldVehicleOf(tx, principal, leadId, command) : null
    return sold ?? moved
  })
}
