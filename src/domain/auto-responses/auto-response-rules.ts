import type { Criteria } from '../rules/criteria.ts'

/** The consent that an auto-response needs. */
export interface NeededConsent {
  purpose: string
}

/** An entry of the rules: its leads, and the consent that it needs. */
export interface AutoResponseOutcome {
  /** The template. Null: these leads get no auto-response. */
  templateId: string | null
  /** Null: no consent is needed. */
  consent: NeededConsent | null
}

/** One rule. Its id stays from version to version. */
export interface AutoResponseEntry extends AutoResponseOutcome {
  id: string
  name: string
  criteria: Criteria
}

/**
 * When nothing is sent, by the dealer's clock, as `HH:MM`: `from` is inside, `to` is not, and `to`
 * before `from` means over midnight. The two differ.
 */
export interface QuietHours {
  from: string
  to: string
}

/** The auto-response rules: the first matching entry decides, otherwise the default. */
export interface AutoResponseRules {
  entries: AutoResponseEntry[]
  /** Null: leads that match no entry get no auto-response. */
  default: (AutoResponseOutcome & { templateId: string }) | null
  quietHours: QuietHours | null
  /** The hours within which a person gets at most one auto-response. */
  windowHours: number
}

export const DEFAULT_WINDOW_HOURS = 24

/** Rules that send no auto-response. */
export const NO_AUTO_RESPONSES: AutoResponseRules = {
  entries: [],
  default: null,
  quietHours: null,
  windowHours: DEFAULT_WINDOW_HOURS
}
