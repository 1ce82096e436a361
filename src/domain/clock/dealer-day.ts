import { dateStart, dayAfter } from './time-zone.ts'

const DAY = /^\d{4}-\d\d-\d\d$/

/** The time of a day that is meant: its beginning, or its end. */
export type DayEdge = 'start' | 'end'

export function isDay(text: string): boolean {
  return DAY.test(text)
}

/** A day's beginning or end by the clocks of a zone, as a time in UTC. */
export function dayTime(day: string, edge: DayEdge, timeZone: string): string {
  return dateStart(edge === 'start' ? day : dayAfter(day), timeZone).toISOString()
}
