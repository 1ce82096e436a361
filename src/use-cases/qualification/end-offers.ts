import type { Database, Transaction } from '../../database/client.ts'
import { SYSTEM_ACTOR } from '../../domain/events/event.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Handover } from '../../domain/qualification/handover.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import {
  endOffersOfLeads,
  expireOffersOfLeads,
  lockLeadsWithExpiredOffers
} from '../../repositories/qualification/handovers.ts'
import { tellGivers } from './tell-givers.ts'

/** How many offers end in one transaction. */
const BATCH = 50

/**
 * Ends offers that nobody answered in time: the lead stays whose it is, and they hear of it. Answers
 * how many ended.
 */
export async function expireOffers({
  db,
  dealerId,
  now,
  mailDomain
}: {
  db: Database
  dealerId: string
  now: Date
  mailDomain: string
}): Promise<number> {
  return await db.transaction(dealerId, async (tx) => {
    const leadIds = await lockLeadsWithExpiredOffers(tx, now, BATCH)
    if (leadIds.length === 0) return 0
    const ended = await expireOffersOfLeads(tx, leadIds, now)
    await recordEnds(tx, SYSTEM_ACTOR, now, { type: 'handover.expired', ended })
    await tellGivers(tx, ended, { now, mailDomain })
    return ended.length
  })
}

/**
 * Ends the open offers of locked leads, because they were given to somebody otherwise: an offer
 * accepted later would take them away again.
 */
export async function withdrawOffersOf(
  tx: Transaction,
  leadIds: readonly string[],
  { actor, now }: { actor: Actor; now: Date }
): Promise<void> {
  const answeredBy = actor.type === 'user' ? actor.id : null
  const end = { state: 'withdrawn', answeredBy, answeredAt: now } as const
  const ended = await endOffersOfLeads(tx, leadIds, end)
  await recordEnds(tx, actor, now, { type: 'handover.withdrawn', ended })
}

async function recordEnds(
  tx: Transaction,
  actor: Actor,
  now: Date,
  { type, ended }: { type: 'handover.expired' | 'handover.withdrawn'; ended: readonly Handover[] }
): Promise<void> {
  await recordEvents(
    tx,
    actor,
    now,
    ended.map(({ id, leadId, fromUserId, toUserId, toTeam }) => ({
      type,
      subject: { type: 'handover', id },
      leadId,
      data: { fromUserId, toUserId, toTeam }
    }))
  )
}
