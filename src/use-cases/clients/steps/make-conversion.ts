import type { Transaction } from '../../../database/client.ts'
import type { Account } from '../../../domain/clients/account.ts'
import type { Client } from '../../../domain/clients/client.ts'
import type { FillableOpportunity } from '../../../domain/clients/opportunity.ts'
import type { Filled, RecordedClientOperation } from '../../../domain/operations/operation.ts'
import type { Opportunity } from '../../../domain/clients/opportunity.ts'
import type { PlannedField } from '../../../domain/clients/planned-field.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { newId } from '../../../ids.ts'
import { insertAccount, updateAccount } from '../../../repositories/clients/accounts.ts'
import {
  findClientById,
  insertClient,
  updateClient
} from '../../../repositories/clients/clients.ts'
import {
  insertOpportunity,
  updateOpportunity
} from '../../../repositories/clients/opportunities.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import type { NewEvent } from '../../../repositories/events/record-events.ts'
import { carryConsents } from './carry-consents.ts'
import type { PlannedConversion } from './plan-lead-conversion.ts'

/** The records that a conversion made and filled, and how they were before. */
export interface MadeOfLead {
  client: Client
  account: Account | null
  opportunity: Opportunity | null
  recorded: Omit<RecordedClientOperation, 'lead' | 'createdActivity' | 'detached'>
}

interface Doing {
  actor: Actor
  now: Date
}

/**
 * Makes and fills what is planned: the account before the client that belongs to it, the client before
 * the opportunity that is theirs.
 */
export async function makeConversion(
  tx: Transaction,
  doing: Doing,
  planned: PlannedConversion,
  operationId: string
): Promise<MadeOfLead> {
  const account = await settleAccount(tx, doing, planned)
  const client = await settleClient(tx, doing, { planned, account: account?.thing, operationId })
  const opportunity = await settleOpportunity(tx, doing, {
    planned,
    client: client.thing,
    account: account?.thing
  })
  return {
    client: client.thing,
    account: account?.thing ?? null,
    opportunity: opportunity?.thing ?? null,
    recorded: {
      createdClient: client.made,
      filledClient: client.filled,
      createdAccount: account?.made ?? null,
      filledAccount: account?.filled ?? null,
      createdOpportunity: opportunity?.made ?? null,
      filledOpportunity: opportunity?.filled ?? null
    }
  }
}

/** One thing, and what undoing has to know of it; nothing, where it stayed as it was. */
interface Settled<Thing, Before> {
  thing: Thing
  made: { id: string; version: number } | null
  filled: Filled<Before> | null
}

async function settleAccount(
  tx: Transaction,
  { actor, now }: Doing,
  { lead, account: before, plan }: PlannedConversion
): Promise<Settled<Account, Account['content']> | null> {
  if (!plan.account) return null
  const { name, content, fields } = plan.account
  if (before) {
    if (!fields.some(({ applied }) => applied)) return { thing: before, made: null, filled: null }
    const account = await updateAccount(tx, before.id, { content }, now)
    await recordEvents(tx, actor, now, [updated('account', before.id, { lead, fields })])
    return { thing: account, made: null, filled: filledFrom(before.content, account) }
  }
  const origin = {
    responsibleUserId: plan.client.responsibleUserId,
    createdFromLeadId: lead.id
  }
  const account = await insertAccount(tx, { id: newId(), name, content, ...origin }, now)
  await recordEvents(tx, actor, now, [created('account', account.id, { lead, data: origin })])
  return { thing: account, made: account, filled: null }
}

async function settleClient(
  tx: Transaction,
  doing: Doing,
  known: { planned: PlannedConversion; account: Account | undefined; operationId: string }
): Promise<Settled<Client, NonNullable<MadeOfLead['recorded']['filledClient']>['before']>> {
  const { planned, account, operationId } = known
  const { lead, client: before } = planned
  const id = before?.id ?? newId()
  await (before
    ? fillClient(tx, doing, { planned, before, account })
    : createClient(tx, doing, { planned, id, account }))
  await carryConsents(tx, { ...doing, lead, clientId: id, origin: 'conversion', operationId })
  const client = await findClientById(tx, id)
  if (!client) throw new Error('a client that was just made is gone')
  if (!before) return { thing: client, made: client, filled: null }
  const state = {
    content: before.content,
    accountId: before.account?.id ?? null,
    responsibleUserId: before.responsibleUser?.id ?? null
  }
  const isSame = client.version === before.version
  return { thing: client, made: null, filled: isSame ? null : filledFrom(state, client) }
}

async function createClient(
  tx: Transaction,
  { actor, now }: Doing,
  known: { planned: PlannedConversion; id: string; account: Account | undefined }
): Promise<void> {
  const { planned, id, account } = known
  const { lead, plan } = planned
  const { content, responsibleUserId } = plan.client
  const origin = { sourceId: lead.source.id, createdFromLeadId: lead.id }
  const refers = { responsibleUserId, accountId: account?.id ?? null, ...origin }
  await insertClient(tx, { id, content, ...refers }, now)
  await recordEvents(tx, actor, now, [created('client', id, { lead, clientId: id, data: refers })])
}

async function fillClient(
  tx: Transaction,
  { actor, now }: Doing,
  known: { planned: PlannedConversion; before: Client; account: Account | undefined }
): Promise<void> {
  const { planned, before, account } = known
  const { content, responsibleUserId, fields } = planned.plan.client
  const joins = account && planned.plan.joinsAccount
  if (!joins && !fields.some(({ applied }) => applied)) return
  const accountId = joins ? account.id : (before.account?.id ?? null)
  await updateClient(tx, before.id, { content, responsibleUserId, accountId }, now)
  const { lead } = planned
  const event = updated('client', before.id, { lead, clientId: before.id, fields })
  await recordEvents(tx, actor, now, [event])
}

async function settleOpportunity(
  tx: Transaction,
  { actor, now }: Doing,
  known: { planned: PlannedConversion; client: Client; account: Account | undefined }
): Promise<Settled<Opportunity, FillableOpportunity> | null> {
  const { planned, client, account } = known
  const { lead, opportunity: before, plan } = planned
  if (!plan.opportunity) return null
  const { content, stage, fields } = plan.opportunity
  const accountId = before?.accountId ?? account?.id ?? client.account?.id ?? null
  const about = { lead, clientId: client.id }
  if (before) {
    const isFilled = fields.some(({ applied }) => applied) || accountId !== before.accountId
    if (!isFilled) return { thing: before, made: null, filled: null }
    const opportunity = await updateOpportunity(tx, before.id, { ...content, accountId }, now)
    await recordEvents(tx, actor, now, [updated('opportunity', before.id, { ...about, fields })])
    return { thing: opportunity, made: null, filled: filledFrom(fillableOf(before), opportunity) }
  }
  const refers = { clientId: client.id, accountId, leadId: lead.id }
  const responsibleUserId = plan.client.responsibleUserId
  const opportunity = await insertOpportunity(
    tx,
    {
      id: newId(),
      stage,
      closeReason: null,
      closedAt: null,
      responsibleUserId,
      ...content,
      ...refers
    },
    now
  )
  const data = { ...refers, stage, responsibleUserId }
  await recordEvents(tx, actor, now, [created('opportunity', opportunity.id, { ...about, data })])
  return { thing: opportunity, made: opportunity, filled: null }
}

function fillableOf(opportunity: Opportunity): FillableOpportunity {
  const { name, amount, expectedClose, products, description, accountId } = opportunity
  return { name, amount, expectedClose, products, description, accountId }
}

function filledFrom<Before>(
  before: Before,
  { id, version }: { id: string; version: number }
): Filled<Before> {
  return { id, before, versionAfter: version }
}

type Noun = 'client' | 'account' | 'opportunity'

interface About {
  lead: { id: string }
  clientId?: string
}

function created(
  noun: Noun,
  id: string,
  { lead, clientId, data }: About & { data: Record<string, unknown> }
): NewEvent {
  const about = { leadId: lead.id, ...(clientId === undefined ? {} : { clientId }) }
  return { type: `${noun}.created`, subject: { type: noun, id }, ...about, data }
}

/** Names of the fields that were filled, and nothing of what is in them. */
function updated(
  noun: Noun,
  id: string,
  { lead, clientId, fields }: About & { fields: readonly PlannedField[] }
): NewEvent {
  const about = { leadId: lead.id, ...(clientId === undefined ? {} : { clientId }) }
  const names = fields.filter(({ applied }) => applied).map(({ to }) => to)
  const data = { fields: names, by: 'conversion' }
  return { type: `${noun}.updated`, subject: { type: noun, id }, ...about, data }
}
