import type { DealerSettings } from './dealer.ts'
import type { WorkingHours } from '../clock/working-hours.ts'
import { addWorkingSeconds } from '../clock/working-time.ts'

const MINUTE_SECONDS = 60

/** How often a lead nobody acts on goes on to somebody else; then it stays where it is. */
export const MAX_ESCALATIONS = 5

/** By when somebody is to have acted on a lead, and when the clock is next looked at. */
export interface ResponsePlan {
  respondBy: Date | null
  clockDueAt: Date | null
}

/**
 * When a lead that somebody gets at `from` is to be acted on, and when to warn of that first. The
 * limit and the warning are minutes of working time. A warning that would come no earlier than the
 * limit is left out; where nobody ever works, or no limit is set, nobody waits.
 */
export function planResponse({
  settings,
  hours,
  zone,
  from
}: {
  settings: Pick<DealerSettings, 'responseLimitMinutes' | 'responseWarningMinutes'>
  hours: WorkingHours | null
  zone: string
  from: Date
}): ResponsePlan {
  const { responseLimitMinutes: limit, responseWarningMinutes: warning } = settings
  const after = (minutes: number) => addWorkingSeconds(hours, zone, from, minutes * MINUTE_SECONDS)
  const respondBy = limit === null ? null : after(limit)
  if (limit === null || respondBy === null) return { respondBy: null, clockDueAt: null }
  const warnAt = warning === null || warning >= limit ? null : after(warning)
  return { respondBy, clockDueAt: warnAt ?? respondBy }
}
