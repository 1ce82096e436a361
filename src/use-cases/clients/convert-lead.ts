import type { Transaction } from '../../database/client.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import { accountLock, accountNameKey } from '../../domain/clients/account.ts'
import type { Account } from '../../domain/clients/account.ts'
import type { Opportunity } from '../../domain/clients/opportunity.ts'
import type { ConversionPlan } from '../../domain/clients/plan-conversion.ts'
import type { PlanFault } from '../../domain/clients/planned-field.ts'
import { contactKeys } from '../../domain/leads/contact.ts'
import type { Lead, Reference } from '../../domain/leads/lead.ts'
import type { Match } from '../../domain/leads/matching.ts'
import { newId } from '../../ids.ts'
import { findAccountsByNameKey } from '../../repositories/clients/accounts.ts'
import { insertConversion } from '../../repositories/clients/conversions.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { holdStatusOfGroup } from '../../repositories/dealers/group-statuses.ts'
import { findLead, findLeadById } from '../../repositories/leads/leads.ts'
import { insertOperation } from '../../repositories/operations/operations.ts'
import { findSureClients } from '../leads/find-matches.ts'
import { planLeadConversion } from './conversion-basis.ts'
import type { BasisRefusal, ConversionCall } from './conversion-basis.ts'
import { obstacleToClient, placeLead } from './lead-call.ts'
import type { LeadCallRefusal, PlacedLead } from './lead-call.ts'
import type { LinkedLead } from './link-lead.ts'
import { makeConversion } from './make-conversion.ts'
import type { MadeOfLead } from './make-conversion.ts'
import { planFollowUp } from './plan-follow-up.ts'
import { rescoreLead } from '../scoring/rescore-leads.ts'

export interface ConvertLead extends ConversionCall {
  /** Locks that are held (`conversionLocks`): whoever makes the same person or company takes turns. */
  heldLocks: readonly string[]
  /** A status of group `converted`, or null: the dealer's first. */
  statusId: string | null
  planActivity: boolean
}

export interface ConvertedLead extends LinkedLead {
  conversionId: string
  account: Account | null
  opportunity: Opportunity | null
}

export type ConversionRefusal =
  | { refusal: LeadCallRefusal | BasisRefusal }
  | { refusal: 'faults'; faults: PlanFault[] }
  | { refusal: 'client-exists'; matches: Match[] }
  | { refusal: 'account-exists'; matches: Reference[] }

/** What must be locked for a conversion: the person's contact keys, and the name of a new account. */
export async function conversionLocks(tx: Transaction, call: ConversionCall): Promise<string[]> {
  const { account } = call
  // Only the mapping and the lead can tell the name of an account that the caller leaves unnamed.
  if (account && 'account' in account && account.name === null) {
    const planned = await planLeadConversion(tx, call, { locks: false })
    return 'refusal' in planned ? [] : locksOf(planned.lead, newNameOf(planned.plan))
  }
  const lead = await findLead(tx, call.principal, call.leadId)
  return lead ? locksOf(lead, account && 'account' in account ? account.name : null) : []
}

function locksOf(lead: Lead, newName: string | null): string[] {
  const ofName = newName === null ? [] : [accountLock(accountNameKey(newName))]
  return [...contactKeys(lead.content.contact), ...ofName]
}

function newNameOf({ account }: ConversionPlan): string | null {
  return account?.action === 'create' ? account.name : null
}

/**
 * Makes a client of a lead, or fills one that is there; with an account and an opportunity where they
 * are asked for. Refused where a new client surely is one there is already, unless a duplicate is
 * wanted.
 */
export async function convertLead(
  tx: Transaction,
  call: ConvertLead
): Promise<ConvertedLead | ConversionRefusal> {
  const planned = await planLeadConversion(tx, call, { locks: true })
  if ('refusal' in planned) return planned
  const { lead, plan } = planned
  call.checkVersion(lead.version)
  const obstacle = obstacleToClient(lead)
  if (obstacle !== null) return { refusal: obstacle }
  if (!locksOf(lead, newNameOf(plan)).every((lock) => call.heldLocks.includes(lock))) {
    return { refusal: 'contact-changed' }
  }
  const status = await holdStatusOfGroup(tx, 'converted', call.statusId)
  if (!status) return { refusal: 'unknown-status' }
  if (plan.faults.length > 0) return { refusal: 'faults', faults: plan.faults }
  const twin = await findTwin(tx, call, { lead, plan })
  if (twin) return twin

  const operationId = newId()
  const made = await makeConversion(tx, call, planned, operationId)
  const { client } = made
  const placed = await placeLead(tx, lead, { status, clientId: client.id }, call.now)
  const activity = call.planActivity ? await planFollowUp(tx, call, { lead, client }) : null
  const conversionId = await recordConversion(tx, call, { operationId, placed, made, activity })
  await rescoreLead(tx, lead.id, call.now)
  const converted = await findLeadById(tx, lead.id)
  if (!converted) throw new Error('a locked lead is gone')
  const { account, opportunity } = made
  return { operationId, conversionId, lead: converted, client, account, opportunity, activity }
}

/** What is there already of what is to be made: the same person, or a company of this name. */
export async function findTwin(
  tx: Transaction,
  { principal, allowDuplicate }: Pick<ConversionCall, 'principal' | 'allowDuplicate'>,
  { lead, plan }: { lead: Lead; plan: ConversionPlan }
): Promise<Exclude<ConversionRefusal, { refusal: 'faults' }> | null> {
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
  { actor, leadId, now }: ConvertLead,
  done: { operationId: string; placed: PlacedLead; made: MadeOfLead; activity: Activity | null }
): Promise<string> {
  const { operationId, placed, made, activity } = done
  const conversionId = newId()
  const undone = { undoneAt: null, createdAt: now }
  await insertOperation(tx, {
    id: operationId,
    kind: 'conversion',
    state: 'done',
    leadId,
    actor,
    recorded: recordedOf(leadId, done),
    ...undone
  })
  const refers = {
    clientId: made.client.id,
    accountId: made.account?.id ?? null,
    opportunityId: made.opportunity?.id ?? null
  }
  const activityId = activity?.id ?? null
  const conversion = { id: conversionId, leadId, operationId, activityId, ...refers }
  await insertConversion(tx, { ...conversion, actor, ...undone })
  const { clientId, ...others } = refers
  await recordEvents(tx, actor, now, [
    {
      type: 'lead.converted',
      subject: { type: 'lead', id: leadId },
      leadId,
      clientId,
      data: { operationId, conversionId, ...others, ...placed.moved }
    }
  ])
  return conversionId
}

/** The versions that were left, by which later changes show. */
function recordedOf(
  leadId: string,
  { placed, made, activity }: { placed: PlacedLead; made: MadeOfLead; activity: Activity | null }
) {
  const ofMade = (thing: { id: string; version: number } | null | undefined) =>
    thing ? { id: thing.id, version: thing.version } : null
  const { createdClient, createdAccount, createdOpportunity, ...filled } = made.recorded
  return {
    lead: { id: leadId, before: placed.before, versionAfter: placed.versionAfter },
    createdClient: ofMade(createdClient),
    createdAccount: ofMade(createdAccount),
    createdOpportunity: ofMade(createdOpportunity),
    createdActivity: ofMade(activity),
    ...filled,
    detached: null
  }
}
