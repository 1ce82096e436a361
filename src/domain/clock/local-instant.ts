import { zoneOffset } from './time-zone.ts'

/**
 * The moment at which the clocks of a zone show `local` (`YYYY-MM-DDTHH:MM:SS`, with or without a fraction), as RFC 3339 in UTC; null
 * where that is no time. Of the two moments of an hour that clocks repeat it is one.
 */
export function localInstant(local: string, timeZone: string): string | null {
  const asUtc = Date.parse(`${local}Z`)
  if (Number.isNaN(asUtc)) return null
  // The zone's offset at that time is found by the one at about that time.
  const about = new Date(asUtc - zoneOffset(new Date(asUtc), timeZone))
  return new Date(asUtc - zoneOffset(about, timeZone)).toISOString()
}
