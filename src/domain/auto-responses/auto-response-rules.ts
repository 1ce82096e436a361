import type { Criteria } from '../rules/criteria.ts'

/** What a person must have agreed to before they are answered. */
export interface NeededConsent {
  purpose: string
}

/** What is answered, and what that needs. */
export interface AutoResponseOutcome {
  /** The template, or null: this kind of lead is not answered. */
  templateId: string | null
  /** Null: no consent is asked for. */
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

/** What people hear back by themselves: the first entry that fits decides, and else the default. */
export interface AutoResponseRules {
  entries: AutoResponseEntry[]
  /** Null: leads that no entry fits are not answered. */
  default: (AutoResponseOutcome & { templateId: string }) | null
  quietHours: QuietHours | null
  /** A person is answered once within so many hours. */
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
