import type { Database, Transaction } from '../../database/client.ts'
import { linkRequestExpiry } from '../../domain/clients/link-request.ts'
import type { LinkRequest, NamedLinkRequest } from '../../domain/clients/link-request.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { planColleagueMail } from '../../domain/qualification/handover-mail.ts'
import { isRefusal, notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { findLinkRequestById, insertLinkRequest } from '../../repositories/clients/link-requests.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { createDeliveries } from '../../repositories/deliveries/deliveries.ts'
import { lockLead } from '../../repositories/leads/leads.ts'
import { findActiveColleagues } from '../../repositories/qualification/colleagues.ts'
import { expected } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { refuseClient } from './steps/change-client-and-status.ts'
import type { LeadCommand } from './steps/change-client-and-status.ts'
import { findLinkableClient } from './steps/colleagues-client.ts'
import { recordLinkRequests } from './steps/end-link-requests.ts'

interface RequestLink extends LeadCommand<NamedLinkRequest> {
  clientId: string
  message: string | null
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/** Asks the responsible user of a client to agree that a lead is linked to it. */
export async function requestLink(
  db: Database,
  command: RequestLink
): Promise<Created<NamedLinkRequest> | Refusal> {
  return await createOnce(db, command, (tx) => request(tx, command))
}

async function request(tx: Transaction, command: RequestLink): Promise<NamedLinkRequest | Refusal> {
  const { principal, clientId, leadId, message, now } = command
  const lead = expected(command, await lockLead(tx, principal, leadId), 'lead')
  if (isRefusal(lead)) return lead
  const obstacle = refuseClient(lead)
  if (obstacle) return obstacle
  const found = await findLinkableClient(tx, principal, { lead, clientId, locks: true })
  if (isRefusal(found)) return found
  const { client, toAsk } = found
  if (!toAsk) return { refusal: 'link-needs-no-consent' }
  const asked: LinkRequest = {
    id: newId(),
    leadId,
    clientId: client.id,
    state: 'asked',
    fromUserId: principal.id,
    toUserId: toAsk.id,
    message,
    reason: null,
    withdrawalCode: null,
    expiresAt: linkRequestExpiry(now),
    endedAt: null,
    endedBy: null,
    version: 1,
    createdAt: now,
    updatedAt: now
  }
  if (!(await insertLinkRequest(tx, asked))) return { refusal: 'link-request-open' }
  const actor = actorOf(principal)
  await recordLinkRequests(tx, [asked], { state: 'asked', actor, now })
  await notifyAsked(tx, command, { asked, lead })
  return (await findLinkRequestById(tx, asked.id)) ?? notFound('link request')
}

async function notifyAsked(
  tx: Transaction,
  { leadId, mailDomain, now }: RequestLink,
  { asked, lead }: { asked: LinkRequest; lead: Lead }
): Promise<void> {
  const dealer = await findDealer(tx)
  if (!dealer) throw new Error('a dealer with a lead is gone')
  const deliveries = planColleagueMail(
    'link_request_mail',
    await findActiveColleagues(tx, [asked.toUserId]),
    { aboutId: asked.id, isTest: lead.content.isTest, settings: dealer.settings }
  )
  await createDeliveries(tx, { leadId, deliveries, mailDomain, now })
}
