/** `2026-W10-2`, `2026W102`: the second day of the tenth week. */
const WEEK_DAY = /^((?:19|20)\d\d)-?W(\d\d)-?(\d{1,2})(?=$|[T ])/i
/** `2026-061`: the 61st day of the year. */
const DAY_OF_YEAR = /^((?:19|20)\d\d)-([0-3]\d\d)(?=$|[T ])/i

const DAY = 86_400_000

/**
 * The text with a month in the day at its beginning, where ISO 8601 counts it by weeks, or from the first of January.
 * Without the day, where there is none such: its numbers are of no other one.
 */
export function withMonth(text: string): string {
  return text
    .replace(WEEK_DAY, (_, year: string, week: string, day: string) => {
      const thursday = mondayOfFirst(Number(year)) + (Number(week) * 7 - 4) * DAY
      const isDay = /^0?[1-7]$/.test(day) && yearOf(thursday) === Number(year)
      return isDay ? dayOf(thursday + (Number(day) - 4) * DAY) : ''
    })
    .replace(DAY_OF_YEAR, (given, year: string, day: string) => {
      const time = Date.UTC(Number(year), 0, Number(day))
      return yearOf(time) === Number(year) ? dayOf(time) : given
    })
}

/** The first week of a year has its fourth of January. */
function mondayOfFirst(year: number): number {
  const fourth = Date.UTC(year, 0, 4)
  const sinceMonday = (new Date(fourth).getUTCDay() + 6) % 7
  return fourth - sinceMonday * DAY
}

function yearOf(time: number): number {
  return new Date(time).getUTCFullYear()
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
