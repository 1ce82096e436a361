const HOUR_MS = 3_600_000

/** The days of traffic that say what is usual, and the leads that are enough to say it. */
export const USUAL_DAYS = 28
export const USUAL_LEADS = 500

/** With fewer leads in these days, there is no usual traffic. */
const MIN_LEADS = 10

/** The shortest silence that is told: sources rest at night. */
const MIN_QUIET_HOURS = 24

/**
 * After how long a silence a source counts as quiet, in milliseconds: as its setting says, else twice
 * the longest pause of its usual traffic, and at least a day. Null: it has no usual traffic. `received`
 * are the times of its latest leads, the last first.
 */
export function quietAfterMs(
  quietAfterHours: number | null,
  received: readonly Date[]
): number | null {
  if (quietAfterHours !== null) return quietAfterHours * HOUR_MS
  if (received.length < MIN_LEADS) return null
  const pauses = received.slice(1).map((at, index) => {
    const next = received[index] ?? at
    return next.getTime() - at.getTime()
  })
  return Math.max(MIN_QUIET_HOURS * HOUR_MS, 2 * Math.max(...pauses))
}
