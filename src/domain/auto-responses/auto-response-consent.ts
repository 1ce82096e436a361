import type { Consent } from '../leads/lead.ts'
import { because } from '../reasons/reasons.ts'
import type { Reason } from '../reasons/reasons.ts'
import type { NeededConsent } from './auto-response-rules.ts'

/** Who refuses this purpose is not answered automatically, whatever the rules ask for. */
export const AUTO_RESPONSE_PURPOSE = 'auto_response'

type ConsentObstacle = 'auto_response_refused' | 'consent_refused' | 'consent_missing'

/**
 * Why what a person said stands in the way of an automatic e-mail, or null: it does not.
 *
 * Where the rules ask for a consent, the lead must have brought it, for e-mail or for every channel.
 * A refusal of that purpose, or of automatic answers as such, counts wherever it stands: of what the
 * lead says and what is on the client's record, the narrower holds. Refusals of anything else are
 * not looked at: somebody who wants no advertising still hears that their request has come.
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
