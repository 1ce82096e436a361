import type { Delivery, DeliveryObstacle, SendOutcome } from '../../domain/deliveries/delivery.ts'
import type { AttemptCode } from '../../domain/reasons/delivery-reasons.ts'
import type { Reason } from '../../domain/reasons/reasons.ts'
import type { DeliveryFacts } from './delivery-facts.ts'

/** A message as text, or why this delivery can have none. */
export type Composition = { message: string } | { refusal: Reason<AttemptCode> }

/** One way to bring a message to its recipient. `Prepared` is what `prepare` hands to `compose`. */
export interface Channel<Prepared extends object = object> {
  /** Reads the facts as they are now. An obstacle cancels the delivery. Runs before every attempt. */
  prepare(facts: DeliveryFacts, delivery: Delivery, now: Date): Promise<Prepared | DeliveryObstacle>
  /** Writes the message. Runs once, in the transaction of `prepare`: every attempt sends this text. */
  compose(delivery: Delivery, prepared: Prepared, now: Date): Promise<Composition>
  /** Sends the message, with no transaction open. Every failure is an outcome: it never throws. */
  send(delivery: Delivery, message: string): Promise<SendOutcome>
}
