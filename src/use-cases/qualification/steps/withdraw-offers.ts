import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { endOffersOfLeads } from '../../../repositories/qualification/handovers.ts'
import { recordHandovers } from './record-handovers.ts'

/** Withdraws the open offers of locked leads that get another assignee: accepted later, they would move them again. */
export async function withdrawOffers(
  tx: Transaction,
  leadIds: readonly string[],
  { actor, now }: { actor: Actor; now: Date }
): Promise<void> {
  const state = 'withdrawn'
  const endedBy = actor.type === 'user' ? actor.id : null
  const ended = await endOffersOfLeads(tx, leadIds, { state, endedBy, endedAt: now })
  await recordHandovers(tx, ended, { state, actor, now })
}
