import type { DeliveryPurpose, StaffMailPurpose } from '../deliveries/delivery.ts'

/** The mails that tell team members of their own work, by the names under which each turns them off. */
export const NOTIFICATIONS = {
  newLead: 'assignee_mail',
  linkedClient: 'responsible_mail',
  offer: 'offer_mail',
  offerResponse: 'offer_response_mail',
  feedback: 'feedback_mail'
} as const satisfies Record<string, StaffMailPurpose>

type Notification = keyof typeof NOTIFICATIONS

/** Which of these mails a user wants. */
export type NotificationSettings = Record<Notification, boolean>

const NAMES = Object.keys(NOTIFICATIONS) as Notification[]

/** What somebody wants who does not want these. */
export function settingsOf(muted: readonly StaffMailPurpose[]): NotificationSettings {
  const wanted = NAMES.map((name) => [name, !muted.includes(NOTIFICATIONS[name])])
  return Object.fromEntries(wanted) as NotificationSettings
}

/** What somebody with these settings does not want. */
export function mutedBy(settings: NotificationSettings): StaffMailPurpose[] {
  return NAMES.filter((name) => !settings[name]).map((name) => NOTIFICATIONS[name])
}

/** Whether this is one of the mails that somebody does not want. */
export function isMuted(muted: readonly StaffMailPurpose[], purpose: DeliveryPurpose): boolean {
  return muted.some((unwanted) => unwanted === purpose)
}
