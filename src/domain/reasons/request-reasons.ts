import { codesOf } from './codes.ts'

/** Why the service withdrew a request for a link: it had nothing left to ask for. */
export const WITHDRAWAL_REASONS = {
  request_lead_linked: [],
  request_lead_converted: [],
  request_lead_closed: [],
  request_lead_deleted: [],
  request_lead_reassigned: [],
  request_client_merged: [],
  request_user_deactivated: []
} as const
export type WithdrawalCode = keyof typeof WITHDRAWAL_REASONS
export const WITHDRAWAL_CODES = codesOf(WITHDRAWAL_REASONS)
