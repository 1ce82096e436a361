import { codesOf } from './codes.ts'
import { AUTO_RESPONSE_OBSTACLES } from './decision-reasons.ts'

/** Results of attempts to send. `response` and `error` are the receiver's own words. */
export const ATTEMPT_REASONS = {
  accepted: ['response'],
  written_to_outbox: ['file'],
  receiver_response: ['response'],
  transport_failed: ['error'],
  attempt_timed_out: [],
  transport_closed: [],
  sender_address_invalid: [],
  recipient_address_invalid: [],
  template_too_slow: [],
  template_too_large: [],
  template_broken: [],
  composition_failed: ['error'],
  worker_interrupted: []
} as const
export const ATTEMPT_CODES = codesOf(ATTEMPT_REASONS)
export type AttemptCode = keyof typeof ATTEMPT_REASONS

/** Reasons to cancel a message that is not sent yet. */
const CANCELLATION_REASONS = {
  lead_erased: [],
  lead_deleted: [],
  quarantined: [],
  lead_not_linked: [],
  lead_reassigned: [],
  ...AUTO_RESPONSE_OBSTACLES,
  template_deleted: [],
  user_inactive: [],
  user_muted_mails: [],
  in_daily_digest: [],
  lead_assigned: [],
  lead_left_queue: [],
  lead_responded: [],
  notification_removed: [],
  digest_empty: [],
  activity_ended: [],
  activity_reassigned: [],
  offer_removed: [],
  offer_ended: [],
  link_request_removed: [],
  link_request_ended: [],
  activity_removed: [],
  promoter_removed: [],
  promoter_inactive: [],
  promoter_not_pending: [],
  promoter_not_refused: [],
  promoter_not_invited: [],
  promoter_address_changed: [],
  invitation_expired: [],
  newer_message_sent: []
} as const
export type CancellationCode = keyof typeof CANCELLATION_REASONS

/** Reasons that a delivery is not sent, or not sent yet. */
export const DELIVERY_REASONS = { ...ATTEMPT_REASONS, ...CANCELLATION_REASONS } as const
export const DELIVERY_CODES = codesOf(DELIVERY_REASONS)
export type DeliveryCode = keyof typeof DELIVERY_REASONS
