import { codesOf } from './codes.ts'

/** Obstacles to an automatic response, at capture and before each attempt to send it. */
export const AUTO_RESPONSE_OBSTACLES = {
  test_lead: [],
  address_suppressed: [],
  auto_response_refused: [],
  consent_refused: ['purpose'],
  consent_missing: ['purpose']
} as const

/** Reasons to hold a lead back. */
export const QUARANTINE_REASONS = {
  unreachable: [],
  unreadable_document: [],
  cut_document: []
} as const
export const QUARANTINE_CODES = codesOf(QUARANTINE_REASONS)
export type QuarantineCode = keyof typeof QUARANTINE_REASONS

/** Reasons to pass a user over when a lead is assigned. */
export const PASSED_OVER_REASONS = {
  user_inactive: [],
  user_absent: [],
  user_full: [],
  user_off_shift: [],
  user_language: [],
  user_has_lead: []
} as const
export type PassedOverCode = keyof typeof PASSED_OVER_REASONS

/** Reasons of the assignment of a lead. */
export const ROUTING_REASONS = {
  named_by_sender: [],
  kept_at_release: [],
  referral_link_user: [],
  referral_fallback: [],
  known_person: [],
  entered_by_user: [],
  rule_fits: ['ruleName'],
  rule_without_user: ['ruleName'],
  rule_of_empty_team: ['ruleName'],
  no_rule_fits: [],
  no_rule_reassigns: [],
  quarantined: []
} as const

/** Reasons of decisions about a lead. */
export const DECISION_REASONS = {
  reachable: [],
  only_unsure_phone: [],
  ...QUARANTINE_REASONS,
  contact_known: [],
  contact_known_name_differs: [],
  contact_shared_by_many: [],
  contact_similar: [],
  contact_unknown: [],
  same_request: ['windowHours'],
  external_id_reused: [],
  points_given: [],
  no_points: [],
  ...ROUTING_REASONS,
  test_without_address: [],
  repeat_not_announced: [],
  no_recipient: [],
  assignee_entered_it: [],
  dealer_settings: [],
  imported: [],
  ...AUTO_RESPONSE_OBSTACLES,
  no_usable_email: [],
  own_address: [],
  automatic_address: [],
  automatic_header: ['header'],
  automatic_text: [],
  no_entry_fits: [],
  entry_without_template: [],
  auto_responded_recently: ['windowHours'],
  repeats_recent_lead: ['windowHours'],
  entry_fits: [],
  entry_fits_after_quiet_hours: []
} as const
export const DECISION_CODES = codesOf(DECISION_REASONS)
export type DecisionCode = keyof typeof DECISION_REASONS
