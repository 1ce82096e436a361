import type { Activity } from '../activities/activity.ts'
import type { Lead, Reference } from '../leads/lead.ts'
import type { PlannedDelivery } from '../deliveries/delivery.ts'
import { mailToUser } from '../deliveries/delivery.ts'
import { NOTIFICATION_KINDS, modeOf } from './kinds.ts'
import type { ChosenModes, NotificationKind } from './kinds.ts'
import type { NotificationMode } from '../deliveries/notification-modes.ts'

/** One thing that a user is told. */
export interface Notification {
  id: string
  userId: string
  kind: NotificationKind
  leadId: string | null
  /** The activity, handover, source, user, promoter or delivery that it is about, where it is not about the lead itself. */
  aboutId: string | null
  /** Times and numbers, nothing personal. */
  facts: Record<string, unknown>
  mode: NotificationMode
  readAt: Date | null
  createdAt: Date
}

/** A notification with the records that it is about as they are now, as far as its reader sees them. */
export interface NamedNotification extends Notification {
  lead: Lead | null
  activity: Pick<Activity, 'id' | 'type' | 'state' | 'dueAt' | 'text'> | null
  client: Reference | null
  source: Reference | null
  /** The user that it is about, or the colleague who offers, asks or answers. */
  user: Reference | null
  promoter: Reference | null
  /** Whether its reader can open the record that it is about. */
  isOpen: boolean
}

/** An active user who can be told, with what they said about that. */
export interface Recipient {
  id: string
  name: string
  email: string
  notificationModes: ChosenModes
}

/** What these users are told, by their settings. */
export function planNotification(
  kind: NotificationKind,
  recipients: readonly Recipient[],
  told: Pick<PlannedDelivery, 'aboutId' | 'facts' | 'key'> = {}
): PlannedDelivery<'mail'>[] {
  const { purpose } = NOTIFICATION_KINDS[kind]
  return recipients.map((user) => ({
    ...mailToUser(purpose, user),
    ...told,
    mode: modeOf(user.notificationModes, kind)
  }))
}
