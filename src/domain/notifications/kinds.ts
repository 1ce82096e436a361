import type { DeliveryPurpose, StaffMailPurpose } from '../deliveries/delivery.ts'
import type { NotificationMode } from '../deliveries/notification-modes.ts'

/** The records that notifications are about. */
export const NOTIFICATION_SUBJECTS = [
  'lead',
  'activity',
  'handover',
  'source',
  'user',
  'promoter',
  'delivery'
] as const
type NotificationSubject = (typeof NOTIFICATION_SUBJECTS)[number]

interface KindOfNotification {
  purpose: StaffMailPurpose
  /** How users are told who have not said how. */
  usually: NotificationMode
  about: NotificationSubject
}

/** Everything that team members are told of, each by a mail of its own purpose. */
export const NOTIFICATION_KINDS = {
  newLead: { purpose: 'assignee_mail', usually: 'now', about: 'lead' },
  queuedLead: { purpose: 'queue_mail', usually: 'now', about: 'lead' },
  takenBackLead: { purpose: 'taken_back_mail', usually: 'now', about: 'lead' },
  linkedClient: { purpose: 'responsible_mail', usually: 'now', about: 'lead' },
  offer: { purpose: 'offer_mail', usually: 'now', about: 'handover' },
  offerEnding: { purpose: 'offer_ending_mail', usually: 'now', about: 'handover' },
  offerResponse: { purpose: 'offer_response_mail', usually: 'now', about: 'handover' },
  linkRequest: { purpose: 'link_request_mail', usually: 'now', about: 'lead' },
  linkResponse: { purpose: 'link_response_mail', usually: 'now', about: 'lead' },
  feedback: { purpose: 'feedback_mail', usually: 'now', about: 'activity' },
  plannedActivity: { purpose: 'planned_mail', usually: 'now', about: 'activity' },
  movedActivity: { purpose: 'moved_mail', usually: 'digest', about: 'activity' },
  cancelledActivity: { purpose: 'cancelled_mail', usually: 'now', about: 'activity' },
  movedLead: { purpose: 'moved_lead_mail', usually: 'digest', about: 'lead' },
  newClient: { purpose: 'new_client_mail', usually: 'now', about: 'user' },
  movedClient: { purpose: 'moved_client_mail', usually: 'digest', about: 'user' },
  leadSale: { purpose: 'sale_mail', usually: 'now', about: 'lead' },
  reminder: { purpose: 'reminder_mail', usually: 'now', about: 'activity' },
  overdue: { purpose: 'overdue_mail', usually: 'digest', about: 'activity' },
  responseWarning: { purpose: 'response_warning_mail', usually: 'now', about: 'lead' },
  responseOverdue: { purpose: 'response_overdue_mail', usually: 'now', about: 'lead' },
  quietSource: { purpose: 'quiet_source_mail', usually: 'now', about: 'source' },
  openLeads: { purpose: 'open_leads_mail', usually: 'now', about: 'user' },
  pendingPromoter: { purpose: 'pending_promoter_mail', usually: 'now', about: 'promoter' },
  promoterResponse: { purpose: 'promoter_response_mail', usually: 'now', about: 'promoter' },
  failedMail: { purpose: 'failed_mail', usually: 'now', about: 'delivery' }
} as const satisfies Record<string, KindOfNotification>

export type NotificationKind = keyof typeof NOTIFICATION_KINDS
export const KINDS = Object.keys(NOTIFICATION_KINDS) as NotificationKind[]

/** The kinds that a user decided about; of the others, the usual way applies. */
export type ChosenModes = Partial<Record<NotificationKind, NotificationMode>>

/** How users who have not said so get their digest, as `HH:MM` by the clocks of the dealer. */
export const USUAL_DIGEST_TIME = '08:00'

/** How a user is told of things of this kind. */
export function modeOf(chosen: ChosenModes, kind: NotificationKind): NotificationMode {
  return chosen[kind] ?? NOTIFICATION_KINDS[kind].usually
}

/** The modes of all kinds. */
export function allModes(chosen: ChosenModes): Record<NotificationKind, NotificationMode> {
  const modes = KINDS.map((kind) => [kind, modeOf(chosen, kind)])
  return Object.fromEntries(modes) as Record<NotificationKind, NotificationMode>
}

/** The kind of which mails of this purpose tell, or null: it is no mail to a team member. */
export function kindOf(purpose: DeliveryPurpose): NotificationKind | null {
  return KINDS.find((kind) => NOTIFICATION_KINDS[kind].purpose === purpose) ?? null
}
