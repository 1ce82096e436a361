import type { Database } from '../../src/database/client.ts'
import type { SendOutcome } from '../../src/domain/deliveries/delivery.ts'
import { because } from '../../src/domain/reasons/reasons.ts'
import type { OutgoingMessage } from '../../src/mail/transport/transport.ts'
import { createChannels } from '../../src/worker/channels/channels.ts'
import { TEST_SECRET } from './postgres.ts'
import type { DeliveryContext } from '../../src/worker/deliveries/delivery-context.ts'

export const SENT: SendOutcome = {
  state: 'sent',
  reason: because('accepted', { response: '250 OK' })
}
export const LATER: SendOutcome = {
  state: 'retry',
  reason: because('receiver_response', { response: '451 Try again later' })
}
export const REFUSED: SendOutcome = {
  state: 'refused',
  reason: because('receiver_response', { response: '550 No such mailbox' })
}

/** A context whose mails go to `send`; without it, every mail is sent. */
export function deliveryContext(
  db: Database,
  {
    send = () => Promise.resolve(SENT),
    now = () => new Date(),
    retrySeconds = [10],
    publicUrl = 'http://leadyard.test'
  }: {
    send?: (message: OutgoingMessage) => Promise<SendOutcome>
    now?: () => Date
    retrySeconds?: readonly number[]
    publicUrl?: string
  } = {}
): DeliveryContext {
  const mail = {
    transport: { send },
    from: { name: 'Leadyard', address: 'desk@leadyard.test' },
    publicUrl,
    linkSecret: TEST_SECRET
  }
  return { db, now, random: () => 0, channels: createChannels(mail), retrySeconds }
}

/** A context whose mail server answers with these outcomes, in order, and then that it sent. */
export function contextOf(
  db: Database,
  ...outcomes: (SendOutcome | (() => Promise<SendOutcome>))[]
): { context: DeliveryContext; handed: OutgoingMessage[] } {
  const handed: OutgoingMessage[] = []
  const context = deliveryContext(db, {
    async send(message) {
      handed.push(message)
      const next = outcomes.shift() ?? SENT
      return typeof next === 'function' ? await next() : next
    },
    retrySeconds: [10, 20]
  })
  return { context, handed }
}
