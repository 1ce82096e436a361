import { localInstant } from '../clock/local-instant.ts'
import { DAY_MS, localTimeOf } from '../clock/time-zone.ts'

/** When a digest was to be sent last, and the day that it is of, by the clocks of a zone. */
export interface DigestTurn {
  /** `YYYY-MM-DD` */
  day: string
  at: Date
}

/** The latest turn at `now` of the digests that are sent daily at `time` (`HH:MM`). */
export function latestTurn(now: Date, time: string, timeZone: string): DigestTurn {
  const today = turnOf(localTimeOf(now, timeZone).date, time, timeZone)
  if (today.at <= now) return today
  const yesterday = new Date(Date.parse(`${today.day}T00:00:00Z`) - DAY_MS)
  return turnOf(yesterday.toISOString().slice(0, 10), time, timeZone)
}

function turnOf(day: string, time: string, timeZone: string): DigestTurn {
  const at = localInstant(`${day}T${time}:00`, timeZone)
  if (at === null) throw new RangeError(`no time of day: ${time}`)
  return { day, at: new Date(at) }
}
