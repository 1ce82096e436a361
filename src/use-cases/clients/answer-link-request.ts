import type { Database, Transaction } from '../../database/client.ts'
import { isOpenRequest, mayAnswer, mayWithdraw } from '../../domain/clients/link-request.ts'
import type { LinkRequest, NamedLinkRequest } from '../../domain/clients/link-request.ts'
import { actorOf } from '../../domain/events/event.ts'
import { forbidden, isRefusal, notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { lockClient } from '../../repositories/clients/clients.ts'
import { endLinkRequest } from '../../repositories/clients/link-request-ends.ts'
import { findLinkRequest, findLinkRequestById } from '../../repositories/clients/link-requests.ts'
import { holdStatusOfGroup } from '../../repositories/dealers/group-statuses.ts'
import { findLeadById, lockLeadById } from '../../repositories/leads/leads.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'
import { refuseClient } from './steps/change-client-and-status.ts'
import { notifyAskers, recordLinkRequests } from './steps/end-link-requests.ts'
import { makeLink } from './steps/make-link.ts'

type AnswerLinkRequest = ChangeCommand & {
  requestId: string
  /** Domain of our Message-IDs. */
  mailDomain: string
} & (
    { answer: 'accepted' } | { answer: 'declined'; reason: string | null } | { answer: 'withdrawn' }
  )

/**
 * Accepts, declines or withdraws a request for a link. An accepted one links the lead, in the same
 * transaction: the link is the act of the user who asked, to which the caller agreed. The user who
 * asked is told what others did.
 */
export async function answerLinkRequest(
  db: Database,
  command: AnswerLinkRequest
): Promise<NamedLinkRequest | Refusal> {
  return await write(db, command, async (tx) => {
    const request = await lockRequest(tx, command)
    if (isRefusal(request)) return request
    const { principal, answer: state, now, mailDomain } = command
    const actor = actorOf(principal)
    const endedBy = principal.kind === 'user' ? principal.id : null
    const reason = command.answer === 'declined' ? command.reason : null
    await endLinkRequest(tx, request.id, { state, reason, endedBy, endedAt: now })
    await recordLinkRequests(tx, [request], { state, data: { reason }, actor, now })
    const refusal = state === 'accepted' ? await carryOut(tx, command, request) : null
    if (refusal) return refusal
    // Who withdraws a request of their own knows of it.
    if (endedBy !== request.fromUserId) await notifyAskers(tx, [request], { now, mailDomain })
    return (await findLinkRequestById(tx, request.id)) ?? notFound('link request')
  })
}

/** The open request, whose lead is locked: every change of a request locks the lead first. */
async function lockRequest(
  tx: Transaction,
  command: AnswerLinkRequest
): Promise<NamedLinkRequest | Refusal> {
  const { principal, requestId, answer, now } = command
  const seen = await findLinkRequest(tx, principal, requestId)
  if (!seen) return notFound('link request')
  const may = answer === 'withdrawn' ? mayWithdraw : mayAnswer
  if (!may(seen, principal)) return forbidden('request-of-others')
  await lockLeadById(tx, seen.leadId)
  const request = expected(command, await findLinkRequestById(tx, requestId), 'link request')
  if (isRefusal(request)) return request
  return isOpenRequest(request, now) ? request : { refusal: 'link-request-ended' }
}

/** Links the lead, unless it was closed, or given to another client, since. */
async function carryOut(
  tx: Transaction,
  command: AnswerLinkRequest,
  { id, leadId, clientId, fromUserId }: LinkRequest
): Promise<Refusal | null> {
  const lead = await findLeadById(tx, leadId)
  if (!lead) throw new Error('a locked lead is gone')
  const obstacle = refuseClient(lead)
  if (obstacle) return obstacle
  const client = await lockClient(tx, command.principal, clientId)
  if (!client) return notFound('client')
  const status = await holdStatusOfGroup(tx, 'linked', null)
  if (!status) throw new Error('a dealer has no status of group linked')
  const agreed = { linkRequestId: id, requestedBy: fromUserId }
  await makeLink(tx, command, { lead, client, status, planActivity: true, agreed })
  return null
}
