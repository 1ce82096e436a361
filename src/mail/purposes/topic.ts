import type { DeliveryObstacle } from '../../domain/deliveries/delivery.ts'
import { because } from '../../domain/reasons/reasons.ts'
import type { NotificationTopic } from '../sections/notification-topic.ts'
import type { Mailbox } from '../mail-address.ts'

/** Where the reader opens a lead or client; null: it has no page. */
export type UrlOf = (about: { leadId: string | null; clientId: string | null }) => string | null

/** What a notification tells, and the records that its link may lead to. */
export interface Topic {
  of: (urlOf: UrlOf) => NotificationTopic
  leadId: string | null
  clientId: string | null
  promoterId?: string
  /** The user whose open work its link leads to. */
  workOfUserId?: string
  /** The colleague to whom an answer goes, null if the mail names none; absent: it goes to the lead's person. */
  colleagueId?: string | null
  /** The promoter or client to whom an answer goes where there is no lead; null: they have no address. */
  personMailbox?: Mailbox | null
}

export const REMOVED: DeliveryObstacle = { obstacle: because('notification_removed') }
