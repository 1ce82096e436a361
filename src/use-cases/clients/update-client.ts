import type { Transaction } from '../../database/client.ts'
import type { Client, ClientContent } from '../../domain/clients/client.ts'
import { clientName } from '../../domain/clients/client.ts'
import type { CustomFieldFault, ValueReading } from '../../domain/fields/custom-field.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { holdAccount } from '../../repositories/clients/accounts.ts'
import { findClientById, updateClient } from '../../repositories/clients/clients.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { findFieldFaults } from '../fields/check-fields.ts'
import { isActiveUser } from './steps/responsible-user.ts'

export type ClientChangeRefusal =
  | { refusal: 'unknown-user' | 'unknown-account' | 'nameless' }
  | { refusal: 'faulty-fields'; faults: CustomFieldFault[] }

/** Changes a locked client, and answers it as it is now, or what is wrong with the change. */
export async function changeClient(
  tx: Transaction,
  before: Client,
  change: {
    principal: TenantPrincipal
    actor: Actor
    /** What is stored with the caller's changes in it. */
    content: ClientContent
    /** How to check the dealer's own fields. */
    fieldReading: ValueReading
    responsibleUserId: string | null | undefined
    accountId: string | null | undefined
    /** Names of the members that were changed, for history. */
    fields: readonly string[]
    now: Date
  }
): Promise<Client | ClientChangeRefusal> {
  const { principal, actor, content, responsibleUserId, accountId, now } = change
  const { id } = before
  if (typeof responsibleUserId === 'string' && !(await isActiveUser(tx, responsibleUserId))) {
    return { refusal: 'unknown-user' }
  }
  if (typeof accountId === 'string' && !(await holdAccount(tx, principal, accountId))) {
    return { refusal: 'unknown-account' }
  }
  if (clientName(content.contact) === null) return { refusal: 'nameless' }
  const faults = await findFieldFaults(tx, 'client', {
    before: before.content.customFields,
    after: content.customFields,
    reading: change.fieldReading
  })
  if (faults.length > 0) return { refusal: 'faulty-fields', faults }
  const refers = {
    ...(responsibleUserId === undefined ? {} : { responsibleUserId }),
    ...(accountId === undefined ? {} : { accountId })
  }
  await updateClient(tx, id, { content, ...refers }, now)
  await recordEvents(tx, actor, now, [
    {
      type: 'client.updated',
      subject: { type: 'client', id },
      clientId: id,
      data: { fields: change.fields, ...refers }
    }
  ])
  const client = await findClientById(tx, id)
  if (!client) throw new Error('a locked client is gone')
  return client
}
