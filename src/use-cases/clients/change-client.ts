import type { Database } from '../../database/client.ts'
import { clientName } from '../../domain/clients/client.ts'
import type { Client, ClientContent } from '../../domain/clients/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { ValueParsers } from '../../domain/fields/custom-field.ts'
import { invalid, isRefusal, notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { holdAccount } from '../../repositories/clients/accounts.ts'
import { findClientById, lockClient, updateClient } from '../../repositories/clients/clients.ts'
import { lockLeadsAskedFor } from '../../repositories/clients/link-request-ends.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'
import { tellOfClients } from '../notifications/steps/tell-of-clients.ts'
import { refuseFields } from '../fields/steps/refuse-fields.ts'
import { MAX_LOCKED, passClientOn } from './steps/pass-client-on.ts'
import { refuseHandover, refuseResponsible } from './steps/responsible-user.ts'

interface ChangeClient extends ChangeCommand {
  clientId: string
  /** The content after the change, from the content before it. */
  change: (before: ClientContent) => ClientContent
  /** Reads the values of custom fields. */
  fieldParsers: ValueParsers
  responsibleUserId: string | null | undefined
  accountId: string | null | undefined
  /** Names of the changed members, for the event. */
  fields: readonly string[]
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/** Changes a client. Its source and the lead that it was created from never change. */
export async function changeClient(db: Database, command: ChangeClient): Promise<Client | Refusal> {
  const { principal, now, responsibleUserId, accountId } = command
  return await write(db, command, async (tx) => {
    // The leads that users ask for, and its own, before the client, as others lock them.
    if (responsibleUserId) await lockLeadsAskedFor(tx, command.clientId, { own: MAX_LOCKED })
    const locked = await lockClient(tx, principal, command.clientId)
    const before = expected(command, locked, 'client')
    if (isRefusal(before)) return before
    const content = command.change(before.content)
    const fromId = before.responsibleUser?.id ?? null
    const refusal =
      refuseHandover(principal, responsibleUserId, [fromId]) ??
      (await refuseResponsible(tx, responsibleUserId))
    if (refusal) return refusal
    if (typeof accountId === 'string' && !(await holdAccount(tx, principal, accountId))) {
      return notFound('account')
    }
    if (clientName(content.contact) === null) return invalid('/contact', 'nameless-client')
    const faulty = await refuseFields(tx, 'client', {
      before: before.content.customFields,
      after: content.customFields,
      parsers: command.fieldParsers
    })
    if (faulty) return faulty
    const references = {
      ...(responsibleUserId === undefined ? {} : { responsibleUserId }),
      ...(accountId === undefined ? {} : { accountId })
    }
    const { id } = before
    await updateClient(tx, id, { content, ...references }, now)
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'client.updated',
        subject: { type: 'client', id },
        clientId: id,
        data: { fields: command.fields, ...references }
      }
    ])
    const handing = { actor: actorOf(principal), now, mailDomain: command.mailDomain }
    const toId = responsibleUserId === undefined ? fromId : responsibleUserId
    const moved =
      toId === fromId
        ? { leads: [] }
        : await passClientOn(tx, { clientId: id, fromId, toId }, handing)
    if (isRefusal(moved)) return moved
    const client = await findClientById(tx, id)
    if (!client) throw new Error('a locked client was not found')
    await tellOfClients(tx, { client, fromId, moved }, handing)
    return client
  })
}
