import type { Consent } from '../leads/lead.ts'
import type { AutoResponseRules } from './auto-response-rules.ts'

/** What is known where rules say who is answered; null where none are published. */
export interface AutoResponseBasis {
  ruleSetId: string
  rules: AutoResponseRules
  /** Addresses of the installation, the dealer and its users, lower-case: none of them is answered. */
  ownAddresses: readonly string[]
  /** Whether one of the person's addresses gets no automatic mail. */
  isSuppressed: boolean
  /** When the person was last answered, or will have been where that waits for quiet hours to end. */
  respondedAt: Date | null
  /** What clients that may be the person agreed to and refused, by their ids. */
  clientConsents: Readonly<Record<string, readonly Consent[]>>
}
