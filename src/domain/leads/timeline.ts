import type { Activity } from '../activities/activity.ts'
import type { Delivery } from '../deliveries/delivery.ts'
import type { DomainEvent, EventType } from '../events/event.ts'

/** One thing in the life of a lead. Ids begin with the time, so all kinds have one order. */
export type TimelineEntry =
  | {
      id: string
      createdAt: Date
      event: DomainEvent
      /** The client that it is about. */
      clientName: string | null
      /** The team to which the lead was offered. */
      teamName: string | null
    }
  | { id: string; createdAt: Date; activity: Activity }
  | { id: string; createdAt: Date; delivery: Delivery }

/** Events of records that are entries of their own, and change what the entry shows. */
export const TOLD_BY_ENTRIES: readonly EventType[] = [
  'activity.created',
  'delivery.sent',
  'delivery.failed',
  'delivery.cancelled',
  'delivery.retried'
]
