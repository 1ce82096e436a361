import type { Database } from '../../database/client.ts'
import type { Client, ClientContent } from '../../domain/clients/client.ts'
import { clientName } from '../../domain/clients/client.ts'
import type { CustomFieldFault, ValueReading } from '../../domain/fields/custom-field.ts'
import type { Actor } from '../../domain/deliveries/event.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { holdAccount } from '../../repositories/clients/accounts.ts'
import { findClientById, lockClient, updateClient } from '../../repositories/clients/clients.ts'
import { recordEvents } from '../../repositories/events.ts'
import { findFieldFaults } from '../fields/check-fields.ts'
import { isActiveUser } from './create-client.ts'

/**
 * Changes a client by a merge patch. Answers the client as it is now, null where the caller sees
 * none, or what is wrong with the change.
 */
export async function changeClient(
  db: Database,
  change: {
    principal: TenantPrincipal
    actor: Actor
    clientId: string
    /** The stored content with the caller's changes in it. */
    apply: (content: ClientContent) => ClientContent
    /** How to check the dealer's own fields. */
    fieldReading: ValueReading
    responsibleUserId: string | null | undefined
    accountId: string | null | undefined
    /** Names of the members that were changed, for history. */
    fields: readonly string[]
    /** Throws where the change is based on another version. */
    checkVersion: (version: number) => void
    now: Date
  }
): Promise<
  Client | 'unknown-user' | 'unknown-account' | 'nameless' | { faults: CustomFieldFault[] } | null
> {
  const { principal, actor, responsibleUserId, accountId, now } = change
  return await db.transaction(principal.dealerId, async (tx) => {
    const before = await lockClient(tx, principal, change.clientId)
    if (!before) return null
    const { id } = before
    change.checkVersion(before.version)
    const isNamed = responsibleUserId !== undefined && responsibleUserId !== null
    if (isNamed && !(await isActiveUser(tx, responsibleUserId))) return 'unknown-user'
    if (typeof accountId === 'string' && !(await holdAccount(tx, principal, accountId))) {
      return 'unknown-account'
    }
    const content = change.apply(before.content)
    if (clientName(content.contact) === null) return 'nameless'
    const faults = await findFieldFaults(tx, 'client', {
      before: before.content.customFields,
      after: content.customFields,
      reading: change.fieldReading
    })
    if (faults.length > 0) return { faults }
    await updateClient(
      tx,
      id,
      {
        content,
        ...(responsibleUserId === undefined ? {} : { responsibleUserId }),
        ...(accountId === undefined ? {} : { accountId })
      },
      now
    )
    await recordEvents(tx, actor, now, [
      {
        type: 'client.updated',
        subject: { type: 'client', id },
        clientId: id,
        data: {
          fields: change.fields,
          ...(responsibleUserId === undefined ? {} : { responsibleUserId }),
          ...(accountId === undefined ? {} : { accountId })
        }
      }
    ])
    return await findClientById(tx, id)
  })
}
