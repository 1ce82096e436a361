import type { Transaction } from '../../../database/client.ts'
import type { Client } from '../../../domain/clients/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { planNotification } from '../../../domain/notifications/notification.ts'
import { createDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { findRecipients } from '../../../repositories/notifications/recipients.ts'

interface HandedClient {
  /** The client as it is now. */
  client: Pick<Client, 'id' | 'version' | 'responsibleUser'>
  /** The responsible user before; null: it had none, or is new. */
  fromId: string | null
  /** Who knows already, beside the user who does it. */
  knownTo?: string | null
}

/** Tells the users who got and lost a client by what another user did. */
export async function tellOfClients(
  tx: Transaction,
  { client, fromId, knownTo = null }: HandedClient,
  { actor, now, mailDomain }: { actor: Actor; now: Date; mailDomain: string }
): Promise<void> {
  const { id, version, responsibleUser } = client
  const toId = responsibleUser?.id ?? null
  if (toId === fromId) return
  const knowing = [actor.type === 'user' ? actor.id : null, knownTo]
  const ids = [fromId, toId].flatMap((userId) => userId ?? [])
  const told = ids.filter((userId) => !knowing.includes(userId))
  const users = await findRecipients(tx, told)
  const about = { facts: { clientId: id }, key: `${id} ${version}` }
  // Who has a client may lose it, and who lost it may not read it: a user is what they are about.
  const deliveries = users.flatMap((user) =>
    planNotification(user.id === toId ? 'newClient' : 'movedClient', [user], {
      ...about,
      aboutId: toId ?? user.id
    })
  )
  await createDeliveries(tx, { leadId: null, deliveries, mailDomain, now })
}
