import type { Transaction } from '../../../database/client.ts'
import type { LinkRequest, LinkRequestState } from '../../../domain/clients/link-request.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { planColleagueMail } from '../../../domain/qualification/handover-mail.ts'
import {
  endRequestsOfLead,
  endRequestsOfOthers,
  passRequestsOn
} from '../../../repositories/clients/link-requests.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { createDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { findLeadById } from '../../../repositories/leads/leads.ts'
import { findActiveColleagues } from '../../../repositories/qualification/colleagues.ts'

/** Records one event for each request, with its parties and `data`. */
export async function recordLinkRequests(
  tx: Transaction,
  requests: readonly LinkRequest[],
  {
    state,
    data = {},
    actor,
    now
  }: { state: LinkRequestState; data?: object; actor: Actor; now: Date }
): Promise<void> {
  await recordEvents(
    tx,
    actor,
    now,
    requests.map(({ id, leadId, clientId, fromUserId, toUserId }) => ({
      type: `link_request.${state}` as const,
      subject: { type: 'link_request', id },
      leadId,
      clientId,
      data: { fromUserId, toUserId, ...data }
    }))
  )
}

/** Withdraws the open requests of a locked lead that has a client now: there is nothing left to agree to. */
export async function withdrawLinkRequests(
  tx: Transaction,
  leadId: string,
  { actor, now }: { actor: Actor; now: Date }
): Promise<void> {
  const state = 'withdrawn'
  const endedBy = actor.type === 'user' ? actor.id : null
  const ended = await endRequestsOfLead(tx, leadId, { state, endedBy, endedAt: now })
  await recordLinkRequests(tx, ended, { state, actor, now })
}

/** Withdraws the open requests of locked leads by users who don't have the leads any more. */
export async function withdrawRequestsOfOthers(
  tx: Transaction,
  { leadIds, assigneeId }: { leadIds: readonly string[]; assigneeId: string | null },
  { actor, now }: { actor: Actor; now: Date }
): Promise<void> {
  const state = 'withdrawn'
  const endedBy = actor.type === 'user' ? actor.id : null
  const whose = { leadIds, userId: assigneeId }
  const ended = await endRequestsOfOthers(tx, whose, { state, endedBy, endedAt: now })
  await recordLinkRequests(tx, ended, { state, actor, now })
}

/** The new responsible user of a client answers its open requests, and is told of each. */
export async function passLinkRequestsOn(
  tx: Transaction,
  to: { clientId: string; toUserId: string },
  { actor, now, mailDomain }: { actor: Actor; now: Date; mailDomain: string }
): Promise<void> {
  const passed = await passRequestsOn(tx, to, now)
  await recordLinkRequests(tx, passed, { state: 'asked', actor, now })
  const told = passed.length === 0 ? [] : await findActiveColleagues(tx, [to.toUserId])
  const dealer = told.length === 0 ? null : await findDealer(tx)
  for (const { id: aboutId, leadId } of passed) {
    const lead = dealer && (await findLeadById(tx, leadId))
    if (!lead) continue
    const about = { aboutId, isTest: lead.content.isTest, settings: dealer.settings }
    const deliveries = planColleagueMail('link_request_mail', told, about)
    await createDeliveries(tx, { leadId, deliveries, mailDomain, now })
  }
}

/** Enqueues mails to the active users who asked: their requests were answered or expired. */
export async function notifyAskers(
  tx: Transaction,
  requests: readonly LinkRequest[],
  { now, mailDomain }: { now: Date; mailDomain: string }
): Promise<void> {
  const askers = await findActiveColleagues(tx, [
    ...new Set(requests.map(({ fromUserId }) => fromUserId))
  ])
  const dealer = askers.length === 0 ? null : await findDealer(tx)
  for (const { id: aboutId, leadId, fromUserId } of requests) {
    const asker = askers.filter(({ id }) => id === fromUserId)
    const lead = asker.length === 0 ? null : await findLeadById(tx, leadId)
    if (!lead || !dealer) continue
    const about = { aboutId, isTest: lead.content.isTest, settings: dealer.settings }
    const deliveries = planColleagueMail('link_response_mail', asker, about)
    await createDeliveries(tx, { leadId, deliveries, mailDomain, now })
  }
}
