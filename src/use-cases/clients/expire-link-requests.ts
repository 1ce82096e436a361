import type { Database } from '../../database/client.ts'
import { SYSTEM_ACTOR } from '../../domain/events/event.ts'
import {
  expireRequestsOfLeads,
  lockLeadsWithExpiredRequests
} from '../../repositories/clients/link-requests.ts'
import type { WatchCommand } from '../command.ts'
import { notifyAskers, recordLinkRequests } from './steps/end-link-requests.ts'

/** The number of leads whose requests expire in one transaction. */
const BATCH = 50

/** Ends requests for links that were not answered in time, and tells the users who asked. */
export async function expireLinkRequests(
  db: Database,
  { dealerId, now, mailDomain }: Pick<WatchCommand, 'dealerId' | 'now' | 'mailDomain'>
): Promise<number> {
  return await db.transaction(dealerId, async (tx) => {
    const leadIds = await lockLeadsWithExpiredRequests(tx, now, BATCH)
    if (leadIds.length === 0) return 0
    const ended = await expireRequestsOfLeads(tx, leadIds, now)
    await recordLinkRequests(tx, ended, { state: 'expired', actor: SYSTEM_ACTOR, now })
    await notifyAskers(tx, ended, { now, mailDomain })
    return ended.length
  })
}
