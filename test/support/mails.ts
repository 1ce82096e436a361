import PostalMime from 'postal-mime'

import type { Database } from '../../src/database/client.ts'
import { deliverNow } from './deliver-now.ts'
import type { TestDealer } from './app.ts'
import { SENT, deliveryContext } from './delivery-context.ts'

/** A mail as its recipient reads it. */
export interface HandedMail {
  to: string
  subject: string
  text: string
  html: string
  /** Where its answer goes, if not to the sender. */
  replyTo: string | null
}

/**
 * Attempts all pending deliveries of a dealer once, and returns the mails, and by purpose what became
 * of each delivery.
 */
export async function sendAll(
  db: Database,
  { id: dealerId, admin }: Pick<TestDealer, 'id' | 'admin'>,
  now: () => Date = () => new Date()
): Promise<{ mails: HandedMail[]; outcomes: string[] }> {
  const mails: HandedMail[] = []
  const context = deliveryContext(db, {
    now,
    async send({ envelope, raw }) {
      const { subject = '', text = '', html = '', replyTo } = await PostalMime.parse(raw)
      mails.push({ to: envelope.to, subject, text, html, replyTo: replyTo?.[0]?.address ?? null })
      return SENT
    }
  })
  const { data } = (await admin('GET', '/v1/deliveries?state=pending&limit=200')).body
  const outcomes: string[] = []
  for (const { id: deliveryId, purpose } of data) {
    const { verdict, delivery } = await deliverNow(context, { dealerId, deliveryId })
    outcomes.push(`${purpose} ${verdict}: ${delivery?.reason?.code ?? ''}`)
  }
  return { mails, outcomes: outcomes.toSorted() }
}
