import type { Transaction } from '../../../database/client.ts'
import type { LinkRequest, LinkRequestState } from '../../../domain/clients/link-request.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { planColleagueMail } from '../../../domain/qualification/handover-mail.ts'
import type { StatusGroup } from '../../../domain/leads/status-groups.ts'
import type { WithdrawalCode } from '../../../domain/reasons/request-reasons.ts'
import {
  endRequestsOfClient,
  endRequestsOfLead,
  endRequestsOfOthers,
  endRequestsTo,
  passRequestsOn
} from '../../../repositories/clients/link-request-ends.ts'
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

/** Who withdraws requests, when and why. */
interface Withdrawal {
  code: WithdrawalCode
  actor: Actor
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/** Withdraws the open requests of a locked lead: there is nothing left to agree to. */
export async function withdrawLinkRequests(
  tx: Transaction,
  leadId: string,
  withdrawal: Withdrawal
): Promise<number> {
  const ended = await endRequestsOfLead(tx, leadId, endBy(withdrawal))
  return await tellWithdrawn(tx, ended, withdrawal)
}

/** Leads of these groups get no client. */
const CODES_OF_GROUPS: Readonly<Partial<Record<StatusGroup, WithdrawalCode>>> = {
  lost: 'request_lead_closed',
  deleted: 'request_lead_deleted'
}

/** Withdraws the open requests of a locked lead that is lost or deleted; returns how many. */
export async function withdrawRequestsOfClosed(
  tx: Transaction,
  lead: { id: string; group: StatusGroup },
  happened: Omit<Withdrawal, 'code'>
): Promise<number> {
  const code = CODES_OF_GROUPS[lead.group]
  return code ? await withdrawLinkRequests(tx, lead.id, { ...happened, code }) : 0
}

/** Withdraws the open requests of locked leads by users who don't have the leads any more. */
export async function withdrawRequestsOfOthers(
  tx: Transaction,
  { leadIds, assigneeId }: { leadIds: readonly string[]; assigneeId: string | null },
  happened: Omit<Withdrawal, 'code'>
): Promise<void> {
  const withdrawal = { ...happened, code: 'request_lead_reassigned' } as const
  const whose = { leadIds, userId: assigneeId }
  const ended = await endRequestsOfOthers(tx, whose, endBy(withdrawal))
  await tellWithdrawn(tx, ended, withdrawal)
}

/** Withdraws the open requests of locked leads for a client that was merged into another. */
export async function withdrawRequestsForMerged(
  tx: Transaction,
  merged: { clientId: string; leadIds: readonly string[] },
  happened: Omit<Withdrawal, 'code'>
): Promise<void> {
  const withdrawal = { ...happened, code: 'request_client_merged' } as const
  const ended = await endRequestsOfClient(tx, merged, endBy(withdrawal))
  await tellWithdrawn(tx, ended, withdrawal)
}

/** Withdraws the open requests of locked leads to a user who was deactivated: they need no agreement now. */
export async function withdrawRequestsTo(
  tx: Transaction,
  to: { userId: string; leadIds: readonly string[] },
  happened: Omit<Withdrawal, 'code'>
): Promise<number> {
  const withdrawal = { ...happened, code: 'request_user_deactivated' } as const
  const ended = await endRequestsTo(tx, to, endBy(withdrawal))
  return await tellWithdrawn(tx, ended, withdrawal)
}

function endBy({ code: withdrawalCode, actor, now: endedAt }: Withdrawal) {
  const endedBy = actor.type === 'user' ? actor.id : null
  return { state: 'withdrawn', withdrawalCode, endedBy, endedAt } as const
}

/** Records withdrawn requests, and tells the users who asked what others did. */
async function tellWithdrawn(
  tx: Transaction,
  ended: readonly LinkRequest[],
  { code, actor, now, mailDomain }: Withdrawal
): Promise<number> {
  await recordLinkRequests(tx, ended, { state: 'withdrawn', data: { code }, actor, now })
  const ofOthers = ended.filter(
    ({ fromUserId }) => actor.type !== 'user' || actor.id !== fromUserId
  )
  await notifyAskers(tx, ofOthers, { now, mailDomain })
  return ended.length
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

/** Enqueues mails to the active users who asked: their requests have ended. */
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
