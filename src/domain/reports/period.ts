import { DAY_MS, dateStart, localTimeOf } from '../clock/time-zone.ts'

/** Days that a report is about, first and last included, by the clocks of one zone. */
export interface ReportPeriod {
  /** `YYYY-MM-DD` */
  from: string
  to: string
  timeZone: string
  /** The first moment of `from`, and the first after `to`. */
  start: Date
  end: Date
}

/** The days of a month that are in a period. */
export interface ReportMonth extends ReportPeriod {
  /** `YYYY-MM` */
  month: string
  /** Whether all of its days are in the period. */
  isWhole: boolean
}

/** The longest period of a report. */
export const MAX_PERIOD_YEARS = 5

/** The fault of a period. */
export type PeriodFault = 'no-date' | 'ends-before' | 'too-long'

/**
 * The period of the days asked for. Without `from` it begins with the month of `to`, without `to` it
 * ends with the month of `from`, without either it is the present month.
 */
export function readPeriod(
  asked: { from: string | undefined; to: string | undefined },
  { timeZone, now }: { timeZone: string; now: Date }
): ReportPeriod | { fault: PeriodFault; of: 'from' | 'to' } {
  const today = localTimeOf(now, timeZone).date
  const from = asked.from ?? `${monthOf(asked.to ?? today)}-01`
  const to = asked.to ?? lastDayOf(monthOf(from))
  for (const [of, date] of [
    ['from', from],
    ['to', to]
  ] as const) {
    if (!isDate(date)) return { fault: 'no-date', of }
  }
  if (to < from) return { fault: 'ends-before', of: 'to' }
  if (to >= yearsAfter(from, MAX_PERIOD_YEARS)) return { fault: 'too-long', of: 'to' }
  const [start, end] = [dateStart(from, timeZone), dateStart(dayAfter(to), timeZone)]
  return { from, to, timeZone, start, end }
}

/** The months of a period, in order. */
export function monthsOf(period: ReportPeriod): ReportMonth[] {
  const { timeZone } = period
  const months: ReportMonth[] = []
  let { start } = period
  for (let month = monthOf(period.from); month <= monthOf(period.to); month = monthAfter(month)) {
    const [first, last] = [`${month}-01`, lastDayOf(month)]
    const from = first < period.from ? period.from : first
    const to = last > period.to ? period.to : last
    const end = to === period.to ? period.end : dateStart(dayAfter(to), timeZone)
    months.push({ month, from, to, timeZone, start, end, isWhole: from === first && to === last })
    start = end
  }
  return months
}

function monthOf(date: string): string {
  return date.slice(0, 7)
}

/** Whether a text is a date that there is: 30 February is none. */
function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00.000Z`)
  return !Number.isNaN(at) && dateOf(at) === text
}

function dayAfter(date: string): string {
  return dateOf(Date.parse(`${date}T00:00:00.000Z`) + DAY_MS)
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return monthOf(dateOf(Date.UTC(year, number, 1)))
}

function lastDayOf(month: string): string {
  return dateOf(Date.parse(`${monthAfter(month)}-01T00:00:00.000Z`) - DAY_MS)
}

/** The same day so many years later; after 29 February, 1 March. */
function yearsAfter(date: string, years: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return dateOf(Date.UTC(year + years, month - 1, day))
}
