import type { Database } from '../../database/client.ts'
import { SYSTEM_ACTOR } from '../../domain/events/event.ts'
import { isAwaitedGroup } from '../../domain/leads/status-groups.ts'
import {
  expireOffersOfLeads,
  lockLeadsOfEndingOffers
} from '../../repositories/qualification/offer-ends.ts'
import type { WatchCommand } from '../command.ts'
import { notifyOfferers } from './steps/notify-offerers.ts'
import { recordHandovers } from './steps/record-handovers.ts'
import { withdrawOffers, withdrawOffersTo } from './steps/withdraw-offers.ts'

/** The number of offers that expire in one transaction. */
const BATCH = 50

/**
 * Ends offers whose time is over, and those of leads that were closed or converted on any path, or to
 * users who were deactivated. The leads keep their assignees; the users who offered them get a mail, save
 * where the lead is done with. Returns the number of ended offers.
 */
export async function expireOffers(
  db: Database,
  { dealerId, now, mailDomain }: Pick<WatchCommand, 'dealerId' | 'now' | 'mailDomain'>
): Promise<number> {
  return await db.transaction(dealerId, async (tx) => {
    const found = await lockLeadsOfEndingOffers(tx, now, BATCH)
    if (found.length === 0) return 0
    const leadIds = found.map(({ leadId }) => leadId)
    const ended = await expireOffersOfLeads(tx, leadIds, now)
    await recordHandovers(tx, ended, { state: 'expired', actor: SYSTEM_ACTOR, now })
    await notifyOfferers(tx, ended, { now, mailDomain })
    let count = ended.length
    const closed = found.filter(({ group }) => !isAwaitedGroup(group))
    const happened = { actor: SYSTEM_ACTOR, now, mailDomain }
    if (closed.length > 0) {
      const closedIds = closed.map(({ leadId }) => leadId)
      count += await withdrawOffers(tx, closedIds, happened)
    }
    for (const userId of new Set(found.flatMap(({ toInactiveId }) => toInactiveId ?? []))) {
      count += await withdrawOffersTo(tx, { userId, leadIds }, happened)
    }
    return count
  })
}
