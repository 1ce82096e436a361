import { fold } from '../text/fold.ts'
import { channelKey, consentNamed } from './consent-names.ts'
import type { Consent } from './lead.ts'

/** What a statement says, as far as another can contradict it. */
export type Said = Pick<Consent, 'purpose' | 'channel' | 'granted'> &
  Partial<Pick<Consent, 'givenAt'>>

/**
 * The places of the consents that a refusal of the same purpose contradicts, which came with them and is of the same
 * time: of the same channel, or of all channels. A refusal of marketing contradicts a newsletter too. A refusal is the
 * safe reading, so these do not hold. A refusal of one channel leaves the consent to the others. Null in the list is no
 * statement.
 */
export function contradictedConsents(said: readonly (Said | null)[]): ReadonlySet<number> {
  const all = said.map((one) => one && comparable(one))
  const refusals = all.filter((one) => one !== null).filter(({ granted }) => !granted)
  const isRefused = (consent: Said) =>
    refusals.some(
      (one) => covers(one, consent) && (one.givenAt ?? null) === (consent.givenAt ?? null)
    )
  return new Set(
    all.flatMap((one, place) => (one !== null && one.granted && isRefused(one) ? [place] : []))
  )
}

/** Purpose and channel in one spelling: `E-Mail Marketing` is marketing by e-mail. */
function comparable(one: Said): Said {
  const named = consentNamed(one.purpose)
  const purpose = fold(one.purpose) || one.purpose.trim().toLowerCase()
  const channel = one.channel === null ? null : channelKey(one.channel)
  return named === null
    ? { ...one, purpose, channel }
    : { ...one, purpose: named.purpose, channel: channel ?? named.channel }
}

/** Whether a refusal is of what was agreed to. */
function covers(refusal: Said, consent: Said): boolean {
  const isNews = refusal.purpose === 'marketing' && consent.purpose === 'newsletter'
  const isOfPurpose = isNews || refusal.purpose === consent.purpose
  return isOfPurpose && (refusal.channel === null || refusal.channel === consent.channel)
}

/** What a consent says in JSON, or null: it is not whole. */
export function saidBy(consent: unknown): Said | null {
  if (typeof consent !== 'object' || consent === null) return null
  const { purpose, channel, granted, givenAt } = consent as Partial<Record<keyof Said, unknown>>
  if (typeof purpose !== 'string' || typeof granted !== 'boolean') return null
  return { purpose, channel: textOrNull(channel), granted, givenAt: textOrNull(givenAt) }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
