import type { Consent } from './lead.ts'

/** What a statement says, as far as another can contradict it. */
export type Said = Pick<Consent, 'purpose' | 'channel' | 'granted'> &
  Partial<Pick<Consent, 'givenAt'>>

/**
 * The places of the consents that a refusal of the same purpose contradicts, which came with them and is of the same
 * time: of the same channel, or of all channels. A refusal is the safe reading, so these do not hold. A refusal of one
 * channel leaves the consent to the others. Null in the list is no statement.
 */
export function contradictedConsents(said: readonly (Said | null)[]): ReadonlySet<number> {
  const refusals = said.filter((one) => one !== null && !one.granted)
  const isRefused = (consent: Said) =>
    refusals.some(
      (one) =>
        one !== null &&
        one.purpose.trim().toLowerCase() === consent.purpose.trim().toLowerCase() &&
        (one.channel === null || one.channel === consent.channel) &&
        (one.givenAt ?? null) === (consent.givenAt ?? null)
    )
  return new Set(
    said.flatMap((one, place) => (one !== null && one.granted && isRefused(one) ? [place] : []))
  )
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
