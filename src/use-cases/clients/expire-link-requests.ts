import type { Database } from '../../database/client.ts'
import { SYSTEM_ACTOR } from '../../domain/events/event.ts'
import {
  expireRequestsOfLeads,
  lockLeadsOfEndingRequests
} from '../../repositories/clients/link-request-ends.ts'
import type { WatchCommand } from '../command.ts'
import {
  notifyAskers,
  recordLinkRequests,
  withdrawRequestsOfClosed,
  withdrawRequestsTo
} from './steps/end-link-requests.ts'

/** The number of leads whose requests end in one transaction. */
const BATCH = 50

/**
 * Ends requests for links that were not answered in time, those of leads that were closed in any way, and
 * those to users who were deactivated; tells the users who asked.
 */
export async function expireLinkRequests(
  db: Database,
  { dealerId, now, mailDomain }: Pick<WatchCommand, 'dealerId' | 'now' | 'mailDomain'>
): Promise<number> {
  return await db.transaction(dealerId, async (tx) => {
    const leads = await lockLeadsOfEndingRequests(tx, now, BATCH)
    if (leads.length === 0) return 0
    const leadIds = leads.map(({ leadId }) => leadId)
    const ended = await expireRequestsOfLeads(tx, leadIds, now)
    await recordLinkRequests(tx, ended, { state: 'expired', actor: SYSTEM_ACTOR, now })
    await notifyAskers(tx, ended, { now, mailDomain })
    let count = ended.length
    for (const { leadId, group } of leads) {
      const happened = { actor: SYSTEM_ACTOR, now, mailDomain }
      count += await withdrawRequestsOfClosed(tx, { id: leadId, group }, happened)
    }
    for (const userId of new Set(leads.flatMap(({ toInactiveId }) => toInactiveId ?? []))) {
      const happened = { actor: SYSTEM_ACTOR, now, mailDomain }
      count += await withdrawRequestsTo(tx, { userId, leadIds }, happened)
    }
    return count
  })
}
