import type { Database, Transaction } from '../../database/client.ts'
import { clientName } from '../../domain/clients/client.ts'
import type { Client, ClientContent } from '../../domain/clients/client.ts'
import { inOrderSaid } from '../../domain/clients/consent.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { ValueParsers } from '../../domain/fields/custom-field.ts'
import { contactKeys } from '../../domain/leads/contact.ts'
import { invalid, isRefusal, notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { holdAccount } from '../../repositories/clients/accounts.ts'
import { findClientById, insertClient } from '../../repositories/clients/clients.ts'
import { findSource } from '../../repositories/dealers/sources.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { findSureClients } from '../leads/steps/find-matches.ts'
import { tellOfClients } from '../notifications/steps/tell-of-clients.ts'
import { addConsents } from './steps/add-consents.ts'
import { refuseFields } from '../fields/steps/refuse-fields.ts'
import { chooseResponsible, refuseResponsible } from './steps/responsible-user.ts'

interface CreateClient extends CreateCommand<Client> {
  content: ClientContent
  sourceId: string | null
  /** Undefined: the default of `chooseResponsible`. */
  responsibleUserId: string | null | undefined
  /** Reads the values of custom fields. */
  fieldParsers: ValueParsers
  accountId: string | null
  allowDuplicate: boolean
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/** Creates a client. A client who is surely the same person refuses it, unless a duplicate is allowed. */
export async function createClient(
  db: Database,
  command: CreateClient
): Promise<Created<Client> | Refusal> {
  const { contact } = command.content
  if (clientName(contact) === null) return invalid('/contact', 'nameless-client')
  return await createOnce(
    db,
    command,
    async (tx) => {
      const references = await checkReferences(tx, command)
      return isRefusal(references) ? references : await insert(tx, command, references)
    },
    contactKeys(contact)
  )
}

async function checkReferences(
  tx: Transaction,
  { principal, content, accountId, allowDuplicate, fieldParsers, ...named }: CreateClient
): Promise<{ sourceId: string | null; responsibleUserId: string | null } | Refusal> {
  const source = named.sourceId === null ? null : await findSource(tx, named.sourceId)
  if (named.sourceId !== null && !source) return invalid('/source', 'unknown-source')
  const responsibleUserId = chooseResponsible(principal, named.responsibleUserId)
  const refusal =
    (await refuseResponsible(tx, responsibleUserId)) ??
    (await refuseFields(tx, 'client', {
      before: null,
      after: content.customFields,
      parsers: fieldParsers
    }))
  if (refusal) return refusal
  if (accountId !== null && !(await holdAccount(tx, principal, accountId))) {
    return notFound('account')
  }
  const sure = allowDuplicate ? null : await findSureClients(tx, principal, content.contact)
  if (sure) return { refusal: 'client-exists', matches: sure.shown }
  return { sourceId: source?.id ?? null, responsibleUserId }
}

async function insert(
  tx: Transaction,
  { principal, now, content, accountId, mailDomain }: CreateClient,
  references: { sourceId: string | null; responsibleUserId: string | null }
): Promise<Client> {
  const id = newId()
  const actor = actorOf(principal)
  const data = { ...references, createdFromLeadId: null }
  await insertClient(tx, { id, content, accountId, ...data }, now)
  await recordEvents(tx, actor, now, [
    { type: 'client.created', subject: { type: 'client', id }, clientId: id, data }
  ])
  const statements = inOrderSaid(content.consents, now)
  if (statements.length > 0) {
    const recording = { leadId: null, clientId: id, origin: 'direct' as const, actor, now }
    await addConsents(tx, { ...recording, statements, mayBeNew: true })
  }
  const client = await findClientById(tx, id)
  if (!client) throw new Error('a new client was not found')
  await tellOfClients(tx, { client, fromId: null }, { actor, now, mailDomain })
  return client
}
