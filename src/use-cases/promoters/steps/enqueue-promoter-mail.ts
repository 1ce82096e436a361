import type { Transaction } from '../../../database/client.ts'
import { mailTo } from '../../../domain/deliveries/delivery.ts'
import type { PromoterMailPurpose } from '../../../domain/deliveries/delivery.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Promoter } from '../../../domain/promoters/promoter.ts'
import { createDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { setInvitation } from '../../../repositories/promoters/promoter-secrets.ts'

interface MailContext {
  actor: Actor
  mailDomain: string
  now: Date
}

/**
 * Enqueues the invitation to an invited promoter. The secret before it ends now; the new secret is
 * issued when the mail is composed.
 */
export async function enqueueInvitation(
  tx: Transaction,
  promoter: Promoter & { email: string },
  context: MailContext
): Promise<void> {
  await setInvitation(tx, promoter.id, null)
  await enqueuePromoterMail(tx, 'promoter_invitation', promoter, context)
  await recordEvents(tx, context.actor, context.now, [
    {
      type: 'promoter.invited',
      subject: { type: 'promoter', id: promoter.id },
      data: { userId: promoter.userId }
    }
  ])
}

/** Enqueues the welcome to an approved promoter, with the address of the promoter’s page. */
export async function enqueueWelcome(
  tx: Transaction,
  promoter: Promoter & { email: string },
  context: MailContext
): Promise<void> {
  await enqueuePromoterMail(tx, 'promoter_welcome', promoter, context)
}

/** Enqueues the news to a person that their sign-up was refused. */
export async function enqueueRefusal(
  tx: Transaction,
  promoter: Promoter & { email: string },
  context: MailContext
): Promise<void> {
  await enqueuePromoterMail(tx, 'promoter_refusal', promoter, context)
}

async function enqueuePromoterMail(
  tx: Transaction,
  purpose: PromoterMailPurpose,
  { id, name, email }: Promoter & { email: string },
  { mailDomain, now }: MailContext
): Promise<void> {
  const delivery = { ...mailTo(purpose, email, name), aboutId: id }
  await createDeliveries(tx, { leadId: null, deliveries: [delivery], mailDomain, now })
}
