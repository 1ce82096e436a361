import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { endOffersOfLeads, endOffersTo } from '../../../repositories/qualification/offer-ends.ts'
import { notifyOfferers } from './notify-offerers.ts'
import { recordHandovers } from './record-handovers.ts'

interface Withdrawal {
  actor: Actor
  now: Date
}

/**
 * Withdraws the open offers of locked leads that get another assignee, or are closed or converted: accepted
 * later, they would move them again.
 */
export async function withdrawOffers(
  tx: Transaction,
  leadIds: readonly string[],
  { actor, now }: Withdrawal
): Promise<number> {
  const ended = await endOffersOfLeads(tx, leadIds, endBy({ actor, now }))
  await recordHandovers(tx, ended, { state: 'withdrawn', actor, now })
  return ended.length
}

/** Withdraws the open offers of locked leads to a user who was deactivated, and tells who made them. */
export async function withdrawOffersTo(
  tx: Transaction,
  to: { userId: string; leadIds: readonly string[] },
  { actor, now, mailDomain }: Withdrawal & { mailDomain: string }
): Promise<number> {
  const ended = await endOffersTo(tx, to, endBy({ actor, now }))
  await recordHandovers(tx, ended, { state: 'withdrawn', actor, now })
  const ofOthers = ended.filter(
    ({ fromUserId }) => actor.type !== 'user' || actor.id !== fromUserId
  )
  await notifyOfferers(tx, ofOthers, { now, mailDomain })
  return ended.length
}

function endBy({ actor, now: endedAt }: Withdrawal) {
  return { state: 'withdrawn', endedBy: actor.type === 'user' ? actor.id : null, endedAt } as const
}
