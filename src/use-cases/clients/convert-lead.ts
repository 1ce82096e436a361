import type { Database, Transaction } from '../../database/client.ts'
import { accountLock, accountNameKey } from '../../domain/clients/account.ts'
import type { Account } from '../../domain/clients/account.ts'
import type { Opportunity } from '../../domain/clients/opportunity.ts'
import type { ConversionPlan } from '../../domain/clients/plan-conversion.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { ReassignedLeads } from '../../domain/operations/operation.ts'
import { invalid, isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { contactKeys } from '../../domain/leads/contact.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { newId } from '../../ids.ts'
import { findAccountsByNameKey } from '../../repositories/clients/accounts.ts'
import { insertConversion } from '../../repositories/clients/conversions.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { holdStatusOfGroup } from '../../repositories/dealers/group-statuses.ts'
import { findLead, findLeadById } from '../../repositories/leads/leads.ts'
import { insertOperation } from '../../repositories/operations/operations.ts'
import { findSureClients } from '../leads/steps/find-matches.ts'
import { planLeadConversion } from './steps/plan-lead-conversion.ts'
import type { ConversionCommand } from './steps/plan-lead-conversion.ts'
import { withdrawOffers } from '../qualification/steps/withdraw-offers.ts'
import { versionRefusal } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import {
  changeClientAndStatus,
  refuseClient,
  statusWithClient
} from './steps/change-client-and-status.ts'
import type { LeadCommand, ChangedLead } from './steps/change-client-and-status.ts'
import type { LinkedLead } from './steps/make-link.ts'
import { withdrawLinkRequests } from './steps/end-link-requests.ts'
import { handOverConverted, lockLeadsOfConversion } from './steps/hand-over-converted.ts'
import { isHandover, versionAfterHandover } from './steps/hand-over-leads.ts'
import { tellOfClients } from '../notifications/steps/tell-of-clients.ts'
import { tellResponsible } from './steps/tell-responsible.ts'
import { makeConversion } from './steps/make-conversion.ts'
import type { MadeOfLead } from './steps/make-conversion.ts'
import { attachPlanned, madeOf, planFollowUp } from './steps/plan-follow-up.ts'
import type { FollowUp } from './steps/plan-follow-up.ts'
import { rescoreLead } from '../scoring/steps/rescore-leads.ts'

interface ConvertLead extends ConversionCommand, LeadCommand<ConvertedLead> {
  /** A status of group `converted`, or null: the dealer's first. */
  statusId: string | null
  planActivity: boolean
  /** Domain of our Message-IDs. */
  mailDomain: string
}

export interface ConvertedLead extends LinkedLead {
  conversionId: string
  account: Account | null
  opportunity: Opportunity | null
}

/** Converts a lead into a client, with an account and an opportunity if the command has them. */
export async function convertLead(
  db: Database,
  command: ConvertLead
): Promise<Created<ConvertedLead> | Refusal> {
  return await createOnce(
    db,
    command,
    (tx, heldLocks) => convert(tx, command, heldLocks),
    (tx) => conversionLocks(tx, command)
  )
}

/** The locks of a conversion: the contact keys of the person, and the name of a new account. */
async function conversionLocks(tx: Transaction, command: ConversionCommand): Promise<string[]> {
  const { account } = command
  // Only the mapping and the lead can tell the name of an account that the caller leaves unnamed.
  if (account && 'account' in account && account.name === null) {
    const planned = await planLeadConversion(tx, command, { locks: false })
    return 'refusal' in planned ? [] : locksOf(planned.lead, newNameOf(planned.plan))
  }
  const lead = await findLead(tx, command.principal, command.leadId)
  return lead ? locksOf(lead, account && 'account' in account ? account.name : null) : []
}

function locksOf(lead: Lead, newName: string | null): string[] {
  const ofName = newName === null ? [] : [accountLock(accountNameKey(newName))]
  return [...contactKeys(lead.content.contact), ...ofName]
}

function newNameOf({ account }: ConversionPlan): string | null {
  return account?.action === 'create' ? account.name : null
}

async function convert(
  tx: Transaction,
  command: ConvertLead,
  heldLocks: readonly string[]
): Promise<ConvertedLead | Refusal> {
  await lockLeadsOfConversion(tx, command)
  const planned = await planLeadConversion(tx, command, { locks: true })
  if ('refusal' in planned) return planned
  const { lead, plan } = planned
  const obstacle = versionRefusal(command, lead.version) ?? refuseClient(lead)
  if (obstacle) return obstacle
  if (!locksOf(lead, newNameOf(plan)).every((lock) => heldLocks.includes(lock))) {
    return { refusal: 'lead-changed' }
  }
  const status = await holdStatusOfGroup(tx, 'converted', command.statusId)
  if (!status) return invalid('/statusId', 'status-of-other-group')
  if (plan.faults.length > 0) return { refusal: 'invalid', faults: plan.faults }
  const twin = await findTwin(tx, command, { lead, plan })
  if (twin) return twin

  const operationId = newId()
  const actor = actorOf(command.principal)
  const made = await makeConversion(tx, { actor, now: command.now }, planned, operationId)
  const { client } = made
  const changed = await changeClientAndStatus(
    tx,
    lead,
    { status: statusWithClient(lead, status), clientId: client.id },
    command.now
  )
  const { now, mailDomain } = command
  await withdrawLinkRequests(tx, lead.id, {
    code: 'request_lead_converted',
    actor,
    now,
    mailDomain
  })
  await withdrawOffers(tx, [lead.id], { actor, now })
  const given = { lead, before: planned.client, client, operationId }
  const handedOver = await handOverConverted(tx, command, given)
  if (isRefusal(handedOver)) return handedOver
  const about = { leadId: lead.id, clientId: client.id }
  const attachedIds = await attachPlanned(tx, about, command.now)
  const followUp = command.planActivity ? await planFollowUp(tx, command, { lead, client }) : null
  const responsibleUserId = planned.client?.responsibleUser?.id ?? null
  const done = {
    ...{ operationId, changed, handedOver, made, followUp, attachedIds, responsibleUserId }
  }
  const conversionId = await recordConversion(tx, command, done)
  const { client: before } = planned
  const isStill = before?.responsibleUser?.id === client.responsibleUser?.id
  if (before && isStill && before.responsibleUser?.id !== command.principal.id) {
    await tellResponsible(tx, command, lead, before)
  }
  const fromId = before?.responsibleUser?.id ?? null
  const moved = before ? handedOver : { leads: [] }
  // The call or e-mail that was planned for them tells them of the client, too, where nothing else went along.
  const isKnown = followUp?.isNew === true && !isHandover(moved)
  const knownTo = isKnown ? followUp.activity.userId : null
  await tellOfClients(tx, { client, fromId, knownTo, moved }, { actor, now, mailDomain })
  await rescoreLead(tx, lead.id, command.now)
  const converted = await findLeadById(tx, lead.id)
  if (!converted) throw new Error('a locked lead is gone')
  const { account, opportunity } = made
  const activity = followUp?.activity ?? null
  return { operationId, conversionId, lead: converted, client, account, opportunity, activity }
}

/** Refuses a new client or account that exists already, unless a duplicate is allowed. */
export async function findTwin(
  tx: Transaction,
  { principal, allowDuplicate }: Pick<ConversionCommand, 'principal' | 'allowDuplicate'>,
  { lead, plan }: { lead: Lead; plan: ConversionPlan }
): Promise<Refusal | null> {
  const { contact } = lead.content
  const isNewPerson = plan.client.action === 'create' && !allowDuplicate
  const sure = isNewPerson ? await findSureClients(tx, principal, contact) : null
  if (sure) return { refusal: 'client-exists', matches: sure.shown }
  const { account } = plan
  if (account?.action !== 'create' || account.allowDuplicate) return null
  const same = await findAccountsByNameKey(tx, principal, accountNameKey(account.name))
  return same && { refusal: 'account-exists', matches: same.shown }
}

async function recordConversion(
  tx: Transaction,
  { principal, leadId, now }: ConvertLead,
  done: {
    operationId: string
    changed: ChangedLead
    made: MadeOfLead
    followUp: FollowUp | null
    handedOver: ReassignedLeads
    attachedIds: string[]
    responsibleUserId: string | null
  }
): Promise<string> {
  const actor = actorOf(principal)
  const { operationId, changed, made, followUp } = done
  const conversionId = newId()
  const undone = { undoneAt: null, createdAt: now }
  await insertOperation(tx, {
    id: operationId,
    kind: 'conversion',
    state: 'done',
    leadId,
    actor,
    recorded: {
      ...recordedOf(leadId, done),
      attachedIds: done.attachedIds,
      responsibleUserId: done.responsibleUserId
    },
    ...undone
  })
  const refers = {
    clientId: made.client.id,
    accountId: made.account?.id ?? null,
    opportunityId: made.opportunity?.id ?? null
  }
  const activityId = followUp?.activity.id ?? null
  const conversion = { id: conversionId, leadId, operationId, activityId, ...refers }
  await insertConversion(tx, { ...conversion, actor, ...undone })
  const { clientId, ...others } = refers
  await recordEvents(tx, actor, now, [
    {
      type: 'lead.converted',
      subject: { type: 'lead', id: leadId },
      leadId,
      clientId,
      data: { operationId, conversionId, ...others, ...changed.moved }
    }
  ])
  return conversionId
}

/** The versions that were left, by which later changes show. */
function recordedOf(
  leadId: string,
  done: {
    changed: ChangedLead
    handedOver: ReassignedLeads
    made: MadeOfLead
    followUp: FollowUp | null
  }
) {
  const { changed, handedOver, made, followUp } = done
  const left = { id: leadId, version: changed.versionAfter }
  const ofMade = (thing: { id: string; version: number } | null | undefined) =>
    thing ? { id: thing.id, version: thing.version } : null
  const { createdClient, createdAccount, createdOpportunity, ...filled } = made.recorded
  return {
    lead: {
      id: leadId,
      before: changed.before,
      versionAfter: versionAfterHandover(handedOver, left)
    },
    handedOver: isHandover(handedOver) ? handedOver : null,
    createdClient: ofMade(createdClient),
    createdAccount: ofMade(createdAccount),
    createdOpportunity: ofMade(createdOpportunity),
    createdActivity: madeOf(followUp),
    ...filled,
    detached: null
  }
}
