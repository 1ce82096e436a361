import { monthsOf } from './period.ts'
import type { ReportFilter } from './report.ts'

/** How long things took: from when a lead came, or from when it had its client, to what was done next. */
export const RESPONSE_MEASURES = [
  'leadToContact',
  'leadToReached',
  'leadToClient',
  'clientToCall',
  'clientToMail',
  'clientToMeeting'
] as const
export type ResponseMeasure = (typeof RESPONSE_MEASURES)[number]

/** The description of each measure in the API. */
export const RESPONSE_MEANINGS: Record<ResponseMeasure, string> = {
  leadToContact: 'From receipt to the first attempt to reach the person: `attempted` of the clock.',
  leadToReached:
    'From receipt to the first conversation or meeting with the person: `reached` of the clock.',
  leadToClient:
    'From receipt until it got the client it has, by the link, conversion or move that gave it and ' +
    'was not undone.',
  clientToCall:
    'From the link to a client to the first finished call about the lead or with the client.',
  clientToMail: 'The same to the first e-mail.',
  clientToMeeting:
    'The same to the first appointment, test drive, meeting or visit that took place.'
}

/** The name of each measure in tables and charts. */
export const RESPONSE_LABELS: Record<ResponseMeasure, string> = {
  leadToContact: 'Lead to first contact',
  leadToReached: 'Lead to person reached',
  leadToClient: 'Lead to client',
  clientToCall: 'Client to first call',
  clientToMail: 'Client to first mail',
  clientToMeeting: 'Client to first meeting'
}

/** The kinds of rows of the report. */
export const RESPONSE_BREAKDOWNS = ['source', 'user', 'month'] as const
export type ResponseBreakdown = (typeof RESPONSE_BREAKDOWNS)[number]

/** Of so many durations, in seconds; null: of none. */
export interface Spread {
  mean: number | null
  median: number | null
  p90: number | null
}

const NO_SPREAD: Spread = { mean: null, median: null, p90: null }

/** How long one thing took, for the leads of which it happened. */
export interface ResponseTime {
  count: number
  seconds: Spread
  workingSeconds: Spread
}

type ResponseTimes = Record<ResponseMeasure, ResponseTime>

/** The times of all leads, or of those that share a key, as they were found. */
export interface FoundTimes {
  isTotal: boolean
  /** Id of a source or user, or a month's number in the period, from 1; null: no user had the lead. */
  key: string | null
  received: number
  times: ResponseTimes
}

/** A row of the report; its filter lets through the leads that it counts. */
export interface ResponseRow {
  /** A source's key, a user's id, or a month. */
  key: string | null
  name: string
  filter: ReportFilter
  /** Unassigned leads. */
  isUnassigned: boolean
  received: number
  times: ResponseTimes
}

/** The names of the rows. */
interface RowNames {
  sources: readonly { id: string; key: string; name: string }[]
  users: ReadonlyMap<string, string>
}

/** The rows of the report: by name, months in their order, unassigned leads last. */
export function responseRows(
  filter: ReportFilter,
  by: ResponseBreakdown | null,
  { found, names }: { found: readonly FoundTimes[]; names: RowNames }
): { total: ResponseRow; rows: ResponseRow[] } {
  const total = found.find(({ isTotal }) => isTotal)
  const numbers = { received: total?.received ?? 0, times: total?.times ?? noTimes() }
  const all = { key: null, name: 'All', filter, isUnassigned: false, ...numbers }
  switch (by) {
    case null:
      return { total: all, rows: [] }
    case 'month':
      return { total: all, rows: monthRows(filter, found) }
    case 'source':
    case 'user': {
      const rows = found.filter(({ isTotal }) => !isTotal)
      return {
        total: all,
        rows: rows.map((row) => placedRow(filter, by, row, names)).sort(inOrder)
      }
    }
  }
}

function inOrder(a: ResponseRow, b: ResponseRow): number {
  return Number(a.isUnassigned) - Number(b.isUnassigned) || a.name.localeCompare(b.name)
}

/** A row for every month, so that none is missing from a drawing. */
function monthRows(filter: ReportFilter, found: readonly FoundTimes[]): ResponseRow[] {
  const byNumber = new Map(found.map((row) => [row.key, row]))
  return monthsOf(filter.period).map((month, index) => {
    const row = byNumber.get(String(index + 1))
    const place = { key: month.month, name: month.month, isUnassigned: false }
    const numbers = { received: row?.received ?? 0, times: row?.times ?? noTimes() }
    return { ...place, filter: { ...filter, period: month }, ...numbers }
  })
}

function placedRow(
  filter: ReportFilter,
  by: 'source' | 'user',
  { key, received, times }: FoundTimes,
  { sources, users }: RowNames
): ResponseRow {
  const source = sources.find(({ id }) => id === key)
  if (by === 'source' && source) {
    const place = { key: source.key, name: source.name, isUnassigned: false }
    return { ...place, filter: { ...filter, sources: [source] }, received, times }
  }
  if (key === null) {
    return { key, name: 'Unassigned', isUnassigned: true, filter, received, times }
  }
  const name = users.get(key) ?? key
  const place = { key, name, isUnassigned: false }
  return { ...place, filter: { ...filter, user: { id: key, name } }, received, times }
}

/** No time is known. */
export function noTimes(): ResponseTimes {
  const none = { count: 0, seconds: NO_SPREAD, workingSeconds: NO_SPREAD }
  return {
    leadToContact: none,
    leadToReached: none,
    leadToClient: none,
    clientToCall: none,
    clientToMail: none,
    clientToMeeting: none
  }
}
