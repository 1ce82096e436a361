import type { DealerSettings } from './dealer.ts'
import type { WorkingHours } from '../clock/working-hours.ts'
import { addWorkingSeconds } from '../clock/working-time.ts'

const MINUTE_SECONDS = 60

/** How often an overdue lead is reassigned; then it stays with its assignee. */
export const MAX_ESCALATIONS = 5

/** The response deadline, and when the clock is next checked. */
export interface ResponsePlan {
  respondBy: Date | null
  clockDueAt: Date | null
}

/**
 * The response deadline of a lead assigned at `from`, and the time of the warning before it. Limit
 * and warning are minutes of working time. A warning no earlier than the limit is left out. Without
 * working time or without a limit there is no deadline.
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

/** Whether the warning comes before the limit, where there are both. */
export function warnsInTime({
  responseLimitMinutes: limit,
  responseWarningMinutes: warning
}: Pick<DealerSettings, 'responseLimitMinutes' | 'responseWarningMinutes'>): boolean {
  return limit === null || warning === null || warning < limit
}
