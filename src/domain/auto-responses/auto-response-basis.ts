import type { Consent } from '../leads/lead.ts'
import type { AutoResponseRules } from './auto-response-rules.ts'

/** The facts for auto-response rules. Null when no rules are published. */
export interface AutoResponseBasis {
  ruleSetId: string
  rules: AutoResponseRules
  /** Addresses of the installation, the dealer and its users, lower-case: none of them gets an auto-response. */
  ownAddresses: readonly string[]
  /** Whether one of the person's addresses gets no automatic mail. */
  isSuppressed: boolean
  /** The time of the person's last auto-response, sent or waiting for the end of quiet hours. */
  respondedAt: Date | null
  /** The consents of matching clients, by client id. */
  clientConsents: Readonly<Record<string, readonly Consent[]>>
}
