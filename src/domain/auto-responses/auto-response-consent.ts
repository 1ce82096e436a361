import type { Consent } from '../leads/lead.ts'
import { because } from '../reasons/reasons.ts'
import type { Reason } from '../reasons/reasons.ts'
import type { NeededConsent } from './auto-response-rules.ts'

/** A refusal of this purpose rules out auto-responses under any rules. */
export const AUTO_RESPONSE_PURPOSE = 'auto_response'

type ConsentObstacle = 'auto_response_refused' | 'consent_refused' | 'consent_missing'

/**
 * Why the person's consents forbid an automatic e-mail, or null if they allow it.
 *
 * Where the rules need a consent, the lead must have brought it, for e-mail or for every channel. A
 * refusal of that purpose, or of auto-responses, counts from both sources: the stricter of the
 * lead's statements and the client's record holds. Refusals of other purposes do not count: a person
 * who wants no advertising still gets a confirmation of their request.
 */
export function consentObstacle(
  needed: NeededConsent | null,
  said: { lead: readonly Consent[]; client: readonly Consent[] }
): Reason<ConsentObstacle> | null {
  const everything = [...said.lead, ...said.client].filter(isAboutMail)
  const isRefused = (purpose: string) =>
    everything.some((consent) => !consent.granted && isFor(consent, purpose))
  if (isRefused(AUTO_RESPONSE_PURPOSE)) return because('auto_response_refused')
  if (needed === null) return null
  const { purpose } = needed
  if (isRefused(purpose)) return because('consent_refused', { purpose })
  const isGiven = said.lead.some(
    (consent) => consent.granted && isAboutMail(consent) && isFor(consent, purpose)
  )
  return isGiven ? null : because('consent_missing', { purpose })
}

/** Without a channel it is about every one. */
function isAboutMail({ channel }: Consent): boolean {
  return channel === null || fold(channel).replace('-', '') === 'email'
}

function isFor({ purpose }: Consent, wanted: string): boolean {
  return fold(purpose) === fold(wanted)
}

function fold(text: string): string {
  return text.trim().toLowerCase()
}
