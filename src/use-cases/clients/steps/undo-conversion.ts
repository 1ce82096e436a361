import type { Transaction } from '../../../database/client.ts'
import type { Client } from '../../../domain/clients/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { isAsLeft } from '../../../domain/operations/left-states.ts'
import type { StatedTable } from '../../../domain/operations/left-states.ts'
import type {
  Made,
  RecordedClientOperation,
  UndoObstacle
} from '../../../domain/operations/operation.ts'
import {
  deleteAccount,
  lockAccountById,
  updateAccount
} from '../../../repositories/clients/accounts.ts'
import {
  deleteClient,
  findClientById,
  lockClientById,
  updateClient
} from '../../../repositories/clients/clients.ts'
import { markConversionUndone } from '../../../repositories/clients/conversions.ts'
import {
  deleteOpportunity,
  lockOpportunityById,
  updateOpportunity
} from '../../../repositories/clients/opportunities.ts'
import {
  hasOtherActivities,
  hasOtherClients,
  hasOtherLeads,
  hasOtherOpportunities,
  hasOtherSales,
  hasSalesOfOpportunity
} from '../../../repositories/clients/uses.ts'
import { findState } from '../../../repositories/operations/left-states.ts'
import { removeNotificationsOfClients } from '../../../repositories/notifications/notifications.ts'
import { tellOfClients } from '../../notifications/steps/tell-of-clients.ts'
import { forgetOpportunity } from '../../../repositories/sales/opportunity-sales.ts'
import type { NewEvent } from '../../../repositories/events/record-events.ts'

/**
 * Locks what a conversion made and filled (client, account, opportunity, in this order) and returns
 * what of it was changed since, or is in use by something else: that is not removed.
 */
export async function findConversionChanges(
  tx: Transaction,
  recorded: RecordedClientOperation
): Promise<UndoObstacle[]> {
  return [
    ...(await findClientChanges(tx, recorded)),
    ...(await findAccountChanges(tx, recorded)),
    ...(await findOpportunityChanges(tx, recorded))
  ]
}

async function findClientChanges(
  tx: Transaction,
  recorded: RecordedClientOperation
): Promise<UndoObstacle[]> {
  const { createdClient: made, filledClient: filled } = recorded
  const changes: UndoObstacle[] = []
  if (await isChanged(tx, 'clients', filled && madeBy(filled), recorded)) changes.push('client')
  if (!made) return changes
  const ofClient = { clientId: made.id }
  const { lead, createdActivity, createdOpportunity } = recorded
  if (await isChanged(tx, 'clients', made, recorded)) changes.push('client')
  if (await hasOtherLeads(tx, made.id, lead.id)) changes.push('client-leads')
  const brought = [
    ...(recorded.attachedIds ?? []),
    ...(createdActivity ? [createdActivity.id] : [])
  ]
  if (await hasOtherActivities(tx, ofClient, brought)) {
    changes.push('client-activities')
  }
  if (await hasOtherOpportunities(tx, ofClient, createdOpportunity?.id ?? null)) {
    changes.push('client-opportunities')
  }
  if (await hasOtherSales(tx, made.id, lead.id)) changes.push('client-sales')
  return changes
}

async function findAccountChanges(
  tx: Transaction,
  recorded: RecordedClientOperation
): Promise<UndoObstacle[]> {
  const { createdAccount: made, filledAccount: filled } = recorded
  const changes: UndoObstacle[] = []
  if (await isChanged(tx, 'accounts', filled && madeBy(filled), recorded)) changes.push('account')
  if (!made) return changes
  const { createdClient, filledClient, createdOpportunity, filledOpportunity } = recorded
  if (await isChanged(tx, 'accounts', made, recorded)) changes.push('account')
  const clientId = createdClient?.id ?? filledClient?.id ?? null
  if (await hasOtherClients(tx, made.id, clientId)) changes.push('account-clients')
  const opportunityId = createdOpportunity?.id ?? filledOpportunity?.id ?? null
  if (await hasOtherOpportunities(tx, { accountId: made.id }, opportunityId)) {
    changes.push('account-opportunities')
  }
  return changes
}

async function findOpportunityChanges(
  tx: Transaction,
  recorded: RecordedClientOperation
): Promise<UndoObstacle[]> {
  const { createdOpportunity: made, filledOpportunity: filled } = recorded
  const changes: UndoObstacle[] = []
  if (await isChanged(tx, 'opportunities', filled && madeBy(filled), recorded))
    changes.push('opportunity')
  if (!made) return changes
  const ofOpportunity = { opportunityId: made.id }
  if (await isChanged(tx, 'opportunities', made, recorded)) changes.push('opportunity')
  if (await hasOtherActivities(tx, ofOpportunity, [])) changes.push('opportunity-activities')
  if (await hasSalesOfOpportunity(tx, made.id)) changes.push('opportunity-sales')
  return changes
}

const LOCKS = {
  clients: lockClientById,
  accounts: lockAccountById,
  opportunities: lockOpportunityById
} as const satisfies Partial<Record<StatedTable, unknown>>

/** Locks a record, if the conversion left one, and compares it. */
async function isChanged(
  tx: Transaction,
  table: keyof typeof LOCKS,
  left: Made | null | undefined,
  { states }: RecordedClientOperation
): Promise<boolean> {
  if (!left) return false
  await LOCKS[table](tx, left.id)
  return !isAsLeft(await findState(tx, table, left.id), left, states)
}

function madeBy({ id, versionAfter: version }: { id: string; versionAfter: number }): Made {
  return { id, version }
}

/** The records to undo, and how the events about them begin. */
interface TakenBack {
  operationId: string
  recorded: RecordedClientOperation
  about: { leadId: string; clientId: string | null }
  actor: Actor
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/**
 * Fills what was filled with what stood there before, and removes what was made, once nothing of it
 * refers to the next any more. The users who get and lose a client by it are told. Returns what is to be
 * recorded of it.
 */
export async function takeBackConversion(tx: Transaction, back: TakenBack): Promise<NewEvent[]> {
  const { recorded, operationId, now } = back
  await restoreFilled(tx, back)
  const { createdOpportunity, createdClient, createdAccount } = recorded
  if (createdOpportunity) {
    await forgetOpportunity(tx, createdOpportunity.id)
    await deleteOpportunity(tx, createdOpportunity.id)
  }
  if (createdClient) await removeClient(tx, createdClient.id)
  if (createdAccount) await deleteAccount(tx, createdAccount.id)
  await markConversionUndone(tx, operationId, now)
  return describeTakenBack(back)
}

async function restoreFilled(
  tx: Transaction,
  { recorded, actor, now, mailDomain }: TakenBack
): Promise<void> {
  const { filledClient, filledAccount, filledOpportunity } = recorded
  if (filledOpportunity) {
    await updateOpportunity(tx, filledOpportunity.id, filledOpportunity.before, now)
  }
  if (filledClient) {
    const { client, fromId } = await restoreClient(tx, filledClient, now)
    await tellOfClients(tx, { client, fromId }, { actor, now, mailDomain })
  }
  if (filledAccount)
    await updateAccount(tx, filledAccount.id, { content: filledAccount.before }, now)
}

/** All but what they agreed to: that has a history of its own, from which the lead's part is gone. */
async function restoreClient(
  tx: Transaction,
  { id, before }: NonNullable<RecordedClientOperation['filledClient']>,
  now: Date
): Promise<{ client: Client; fromId: string | null }> {
  const found = await findClientById(tx, id)
  if (!found) throw new Error('a locked client is gone')
  const content = { ...before.content, consents: found.content.consents }
  await updateClient(tx, id, { ...before, content }, now)
  const client = await findClientById(tx, id)
  if (!client) throw new Error('a locked client is gone')
  return { client, fromId: found.responsibleUser?.id ?? null }
}

/** The client goes, and with it what its responsible user was told of it. */
async function removeClient(tx: Transaction, id: string): Promise<void> {
  const userId = (await findClientById(tx, id))?.responsibleUser?.id ?? null
  if (userId !== null) await removeNotificationsOfClients(tx, userId, { clientId: id })
  await deleteClient(tx, id)
}

function describeTakenBack({ recorded, operationId, about }: TakenBack): NewEvent[] {
  type Noun = 'client' | 'account' | 'opportunity'
  const told = (
    noun: Noun,
    how: 'removed' | 'updated',
    thing: { id: string } | null | undefined
  ) =>
    thing
      ? [
          {
            type: `${noun}.${how}` as const,
            subject: { type: noun, id: thing.id },
            ...about,
            data: { operationId }
          }
        ]
      : []
  return [
    ...told('opportunity', 'updated', recorded.filledOpportunity),
    ...told('client', 'updated', recorded.filledClient),
    ...told('account', 'updated', recorded.filledAccount),
    ...told('opportunity', 'removed', recorded.createdOpportunity),
    ...told('client', 'removed', recorded.createdClient),
    ...told('account', 'removed', recorded.createdAccount)
  ]
}
