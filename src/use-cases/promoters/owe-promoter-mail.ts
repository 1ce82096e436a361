import type { Transaction } from '../../database/client.ts'
import { mailTo } from '../../domain/deliveries/delivery.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Promoter } from '../../domain/promoters/promoter.ts'
import { oweDeliveries } from '../../repositories/deliveries/deliveries.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { setInvitation } from '../../repositories/promoters/promoter-secrets.ts'

interface Owing {
  actor: Actor
  mailDomain: string
  now: Date
}

/**
 * Owes an invited promoter their invitation. The secret is made when the mail is written; until then,
 * and from now on, the one before is no good.
 */
export async function oweInvitation(
  tx: Transaction,
  promoter: Promoter & { email: string },
  owing: Owing
): Promise<void> {
  await setInvitation(tx, promoter.id, null)
  await owe(tx, 'promoter_invitation', promoter, owing)
  await recordEvents(tx, owing.actor, owing.now, [
    {
      type: 'promoter.invited',
      subject: { type: 'promoter', id: promoter.id },
      data: { userId: promoter.userId }
    }
  ])
}

/** Owes a promoter who was approved a welcome, with the address of their own page. */
export async function oweWelcome(
  tx: Transaction,
  promoter: Promoter & { email: string },
  owing: Owing
): Promise<void> {
  await owe(tx, 'promoter_welcome', promoter, owing)
}

async function owe(
  tx: Transaction,
  purpose: 'promoter_invitation' | 'promoter_welcome',
  { id, name, email }: Promoter & { email: string },
  { mailDomain, now }: Owing
): Promise<void> {
  const delivery = { ...mailTo(purpose, email, name), aboutId: id }
  await oweDeliveries(tx, { leadId: null, deliveries: [delivery], mailDomain, now })
}
