import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Reassigned } from '../../../domain/operations/operation.ts'
import {
  giveOpportunitiesBack,
  moveOpportunitiesOfClient
} from '../../../repositories/clients/opportunity-holders.ts'
import type { MovedOpportunity } from '../../../repositories/clients/opportunity-holders.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import type { PassedClient } from './hand-over-leads.ts'

interface Handing {
  actor: Actor
  now: Date
  operationId?: string
}

/**
 * The open opportunities of a client go with it from its earlier responsible user to the new one; if it had
 * none, those of users who are not active any more. Won and lost ones stay with who won or lost them.
 */
export async function handOverOpportunities(
  tx: Transaction,
  passed: PassedClient,
  handing: Handing
): Promise<Reassigned[]> {
  const moved = await moveOpportunitiesOfClient(tx, passed, handing.now)
  await recordMoved(tx, moved, { ...handing, by: 'client' })
  return moved.map(({ id, fromId, toId }) => ({ id, fromId, toId }))
}

/** An undo returns those that are open and still with the users who got them. */
export async function returnOpportunities(
  tx: Transaction,
  moved: readonly Reassigned[],
  handing: Handing
): Promise<void> {
  const returned = await giveOpportunitiesBack(tx, moved, handing.now)
  await recordMoved(tx, returned, { ...handing, by: 'undo' })
}

async function recordMoved(
  tx: Transaction,
  moved: readonly MovedOpportunity[],
  { actor, now, operationId, by }: Handing & { by: 'client' | 'undo' }
): Promise<void> {
  await recordEvents(
    tx,
    actor,
    now,
    moved.map(({ id, clientId, leadId, accountId, stage, toId }) => ({
      type: 'opportunity.updated',
      subject: { type: 'opportunity', id },
      leadId,
      clientId,
      data: {
        ...{ fields: ['responsibleUserId'], stage, accountId, responsibleUserId: toId, by },
        ...(operationId === undefined ? {} : { operationId })
      }
    }))
  )
}
