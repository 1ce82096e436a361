import type { Consent } from '../leads/lead.ts'
import type { NeededConsent } from './auto-response-rules.ts'

/** Who refuses this purpose is not answered automatically, whatever the rules ask for. */
export const ANSWER_PURPOSE = 'auto_response'

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
): string | null {
  const everything = [...said.lead, ...said.client].filter(isAboutMail)
  const isRefused = (purpose: string) =>
    everything.some((consent) => !consent.granted && isFor(consent, purpose))
  if (isRefused(ANSWER_PURPOSE)) return 'the person refused automatic answers'
  if (needed === null) return null
  if (isRefused(needed.purpose)) return 'the person refused the consent that is needed'
  const isGiven = said.lead.some(
    (consent) => consent.granted && isAboutMail(consent) && isFor(consent, needed.purpose)
  )
  return isGiven ? null : 'the person did not give the consent that is needed'
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
