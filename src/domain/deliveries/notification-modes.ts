/** How a user is told: by a mail at once, by the daily digest, or by no mail. */
export const NOTIFICATION_MODES = ['now', 'digest', 'off'] as const
export type NotificationMode = (typeof NOTIFICATION_MODES)[number]
