import type { DeliveryPurpose, StaffMailPurpose } from '../deliveries/delivery.ts'

/** The mails that tell team members of their own work, by the names under which each turns them off. */
export const NOTIFICATIONS = {
  newLead: 'assignee_mail',
  linkedClient: 'responsible_mail',
  offer: 'offer_mail',
  offerResponse: 'offer_response_mail',
  linkRequest: 'link_request_mail',
  linkResponse: 'link_response_mail',
  feedback: 'feedback_mail'
} as const satisfies Record<string, StaffMailPurpose>

type Notification = keyof typeof NOTIFICATIONS

/** Which of these mails a user wants. */
export type NotificationSettings = Record<Notification, boolean>

const NAMES = Object.keys(NOTIFICATIONS) as Notification[]

/** The stored form of a mail that is turned off. */
export function settingsOf(muted: readonly StaffMailPurpose[]): NotificationSettings {
  const wanted = NAMES.map((name) => [name, !muted.includes(NOTIFICATIONS[name])])
  return Object.fromEntries(wanted) as NotificationSettings
}

/** The mails that these settings turn off. */
export function mutedBy(settings: NotificationSettings): StaffMailPurpose[] {
  return NAMES.filter((name) => !settings[name]).map((name) => NOTIFICATIONS[name])
}

/** Whether the user turned this mail off. */
export function isMuted(muted: readonly StaffMailPurpose[], purpose: DeliveryPurpose): boolean {
  return muted.some((unwanted) => unwanted === purpose)
}
