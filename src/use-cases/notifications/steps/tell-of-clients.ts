import type { Transaction } from '../../../database/client.ts'
import type { Client } from '../../../domain/clients/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { factsOfMoved } from '../../../domain/notifications/moved-facts.ts'
import { planNotification } from '../../../domain/notifications/notification.ts'
import type { ReassignedLeads } from '../../../domain/operations/operation.ts'
import { createDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { insertParticipants } from '../../../repositories/leads/participants.ts'
import { findRecipients } from '../../../repositories/notifications/recipients.ts'

interface HandedClient {
  /** The client as it is now. */
  client: Pick<Client, 'id' | 'version' | 'responsibleUser'>
  /** The responsible user before; null: it had none, or is new. */
  fromId: string | null
  /** Who knows already, beside the user who does it. */
  knownTo?: string | null
  /** What went with it, of which nothing else tells. */
  moved?: ReassignedLeads
}

/** Tells the users who got and lost a client by what another user did: of it and all that went with it at once. */
export async function tellOfClients(
  tx: Transaction,
  { client, fromId, knownTo = null, moved = { leads: [] } }: HandedClient,
  { actor, now, mailDomain }: { actor: Actor; now: Date; mailDomain: string }
): Promise<void> {
  const { id, version, responsibleUser } = client
  const toId = responsibleUser?.id ?? null
  if (toId === fromId) return
  const knowing = [actor.type === 'user' ? actor.id : null, knownTo]
  const ids = [fromId, toId].flatMap((userId) => userId ?? [])
  const told = ids.filter((userId) => !knowing.includes(userId))
  const users = await findRecipients(tx, told)
  // Who has a client may lose it, and who lost it may not read it: a user is what they are about.
  const deliveries = users.flatMap((user) =>
    planNotification(user.id === toId ? 'newClient' : 'movedClient', [user], {
      facts: {
        clientId: id,
        ...factsOfMoved(moved, { userId: user.id, isTheirs: user.id === toId })
      },
      key: `${id} ${version}`,
      aboutId: toId ?? user.id
    })
  )
  await createDeliveries(tx, { leadId: null, deliveries, mailDomain, now })
  // They were told of its leads, too: a link to one says where it went.
  const ofLeads = users.flatMap(({ id: userId }) =>
    moved.leads.map(({ id: leadId }) => ({ leadId, userId, reason: 'told' as const }))
  )
  await insertParticipants(tx, ofLeads, now)
}
