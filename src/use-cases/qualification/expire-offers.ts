import type { Database } from '../../database/client.ts'
import { SYSTEM_ACTOR } from '../../domain/events/event.ts'
import {
  expireOffersOfLeads,
  lockLeadsWithExpiredOffers
} from '../../repositories/qualification/handovers.ts'
import type { WatchCommand } from '../command.ts'
import { notifyOfferers } from './steps/notify-offerers.ts'
import { recordHandovers } from './steps/record-handovers.ts'

/** The number of offers that expire in one transaction. */
const BATCH = 50

/**
 * Ends offers whose time is over. The leads keep their assignees, and the users who offered them get
 * a mail. Returns the number of ended offers.
 */
export async function expireOffers(
  db: Database,
  { dealerId, now, mailDomain }: Pick<WatchCommand, 'dealerId' | 'now' | 'mailDomain'>
): Promise<number> {
  return await db.transaction(dealerId, async (tx) => {
    const leadIds = await lockLeadsWithExpiredOffers(tx, now, BATCH)
    if (leadIds.length === 0) return 0
    const ended = await expireOffersOfLeads(tx, leadIds, now)
    await recordHandovers(tx, ended, { state: 'expired', actor: SYSTEM_ACTOR, now })
    await notifyOfferers(tx, ended, { now, mailDomain })
    return ended.length
  })
}
