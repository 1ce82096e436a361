import { readDay, readTime } from './written-time.ts'
import type { DateOrder } from './written-time.ts'

const MAX_LENGTH = 40
/** The day that spreadsheets write before a time that has none. */
const NO_DAY = /^(?:1899-12-3[01]|1900-01-0[01]|1904-01-01)[T ]/
/** A time as spreadsheets store it: a share of the day. Two digits are minutes. */
const SHARE = /^0[.,]\d{3,17}$/

/** The text of a time of day without a day, such as `15:45` or `3.45 pm`; null: it is none. */
export function timeOfDay(text: string): string | null {
  const whole = text.trim()
  if (whole.length > MAX_LENGTH || !/\d/.test(whole)) return null
  const given = whole.replace(NO_DAY, '')
  const time = SHARE.test(given) ? timeOfShare(Number(given.replace(',', '.'))) : given
  // Beside a day it is a time, and a second day, a number or a word is none.
  const isTime = readTime(`2000-01-02 ${time}`, { order: null, timeZone: 'UTC' }) !== null
  return isTime ? time : null
}

function timeOfShare(share: number): string {
  return new Date(Math.round(share * 86_400) * 1000).toISOString().slice(11, 19)
}

/** A day and the time of day that stands beside it, as one text; null: they are none, or the day has a time. */
export function joinTime(day: string, time: string, order: DateOrder | null): string | null {
  const [date, clock] = [readDay(day.trim(), order), timeOfDay(time)]
  return date === null || clock === null ? null : `${date} ${clock}`
}
