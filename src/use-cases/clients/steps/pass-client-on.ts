import type { Transaction } from '../../../database/client.ts'
import type { ReassignedLeads } from '../../../domain/operations/operation.ts'
import { isRefusal } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { moveClientFollowUps } from '../../activities/steps/move-follow-ups.ts'
import { passLinkRequestsOn } from './end-link-requests.ts'
import { handOverLeads } from './hand-over-leads.ts'
import { handOverOpportunities } from './hand-over-opportunities.ts'
import type { HandingOver, PassedClient } from './hand-over-leads.ts'

/** How many leads of a client are locked before it, for those that go with it. */
export const MAX_LOCKED = 1000

/**
 * What goes with a client to its new responsible user: planned calls and e-mails, converted and sold leads,
 * open opportunities, and open requests for links. Null: it has none now, and the calls and e-mails have none either.
 */
export async function passClientOn(
  tx: Transaction,
  { toId, ...passed }: Omit<PassedClient, 'toId'> & { toId: string | null },
  handing: HandingOver
): Promise<ReassignedLeads | Refusal> {
  const { clientId, fromId } = passed
  // The mail about the client names what went with it.
  const told = { ...handing, knownTo: [fromId, toId].flatMap((userId) => userId ?? []) }
  const ofClient =
    fromId === null ? [] : await moveClientFollowUps(tx, { clientId, fromId, toId }, told)
  if (toId === null) return { leads: [], followUps: ofClient }
  const handedOver = await handOverLeads(tx, { ...passed, toId }, told)
  if (isRefusal(handedOver)) return handedOver
  const opportunities = await handOverOpportunities(tx, { ...passed, toId }, handing)
  await passLinkRequestsOn(tx, { clientId, toUserId: toId }, handing)
  const { leads, followUps = [] } = handedOver
  return { leads, followUps: [...ofClient, ...followUps], opportunities }
}
