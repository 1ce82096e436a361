import type { Transaction } from '../../database/client.ts'
import type { Client, ClientContent } from '../../domain/clients/client.ts'
import { inOrderSaid } from '../../domain/clients/consent.ts'
import type { CustomFieldFault, ValueReading } from '../../domain/fields/custom-field.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Match } from '../../domain/leads/matching.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { newId } from '../../ids.ts'
import { holdAccount } from '../../repositories/clients/accounts.ts'
import { findClientById, insertClient } from '../../repositories/clients/clients.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { findSourceByKey } from '../../repositories/dealers/sources.ts'
import { recordConsents } from './consents/record-consent.ts'
import { chooseResponsible, isActiveUser } from './steps/responsible-user.ts'
import { findFieldFaults } from '../fields/check-fields.ts'
import { findSureClients } from '../leads/find-matches.ts'

/** A client made by hand. The locks of the contact's keys must be held. */
export interface NewClientByHand {
  principal: TenantPrincipal
  actor: Actor
  content: ClientContent
  /** A source's key. */
  source: string | null
  /** Undefined: the member who makes it, else nobody. */
  responsibleUserId: string | null | undefined
  /** How to check the dealer's own fields. */
  fieldReading: ValueReading
  /** The company they belong to. */
  accountId: string | null
  allowDuplicate: boolean
  now: Date
}

export type ClientRefusal =
  | { refusal: 'unknown-source' | 'unknown-user' | 'unknown-account' }
  | { refusal: 'client-exists'; matches: Match[] }
  | { refusal: 'faulty-fields'; faults: CustomFieldFault[] }

/** Makes a client; refused where one surely is this person already, unless a duplicate is wanted. */
export async function createClient(
  tx: Transaction,
  call: NewClientByHand
): Promise<Client | ClientRefusal> {
  const { principal, content, now } = call
  const source = call.source === null ? null : await findSourceByKey(tx, call.source)
  if (call.source !== null && !source) return { refusal: 'unknown-source' }
  const responsibleUserId = chooseResponsible(principal, call.responsibleUserId)
  if (responsibleUserId !== null && !(await isActiveUser(tx, responsibleUserId))) {
    return { refusal: 'unknown-user' }
  }
  const faults = await findFieldFaults(tx, 'client', {
    before: null,
    after: content.customFields,
    reading: call.fieldReading
  })
  if (faults.length > 0) return { refusal: 'faulty-fields', faults }
  const { accountId } = call
  if (accountId !== null && !(await holdAccount(tx, principal, accountId))) {
    return { refusal: 'unknown-account' }
  }
  const sure = call.allowDuplicate ? null : await findSureClients(tx, principal, content.contact)
  if (sure) return { refusal: 'client-exists', matches: sure.shown }

  const id = newId()
  const refers = { sourceId: source?.id ?? null, responsibleUserId, createdFromLeadId: null }
  await insertClient(tx, { id, content, accountId, ...refers }, now)
  await recordEvents(tx, call.actor, now, [
    { type: 'client.created', subject: { type: 'client', id }, clientId: id, data: refers }
  ])
  const statements = inOrderSaid(content.consents, now)
  if (statements.length > 0) {
    const recording = { leadId: null, clientId: id, origin: 'direct' as const, now }
    await recordConsents(tx, { ...recording, statements, actor: call.actor, mayBeNew: true })
  }
  const client = await findClientById(tx, id)
  if (!client) throw new Error('a client that was just made is gone')
  return client
}
