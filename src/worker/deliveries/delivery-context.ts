import type { Database } from '../../database/client.ts'
import type { Delivery } from '../../domain/deliveries/delivery.ts'
import type { Channels } from '../channels/channels.ts'

/** The dependencies of deliveries. Tests have their own clock, chance and channels. */
export interface DeliveryContext {
  db: Database
  now: () => Date
  /** 0..1: spreads the waits. */
  random: () => number
  channels: Channels
  /** The wait before the second attempt, the third and so on. */
  retrySeconds: readonly number[]
}

/**
 * What became of one delivery. `skipped`: there was nothing to do; `stale`: while this attempt was under
 * way, another worker took the delivery over, and what that one says counts.
 */
export type DeliveryVerdict = 'sent' | 'retry' | 'failed' | 'cancelled' | 'skipped' | 'stale'

export interface DeliveryReport {
  verdict: DeliveryVerdict
  id: string
  /** Null where it was skipped. */
  delivery: Delivery | null
}
