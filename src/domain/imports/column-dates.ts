import { mendedTime } from '../clock/mended-time.ts'
import { orderOfOpenYear, shownOrder, usualDateOrder } from '../clock/written-time.ts'
import type { DateOrder, ShownOrder } from '../clock/written-time.ts'
import type { ColumnDates, DateOrderSetting, FileRow } from './import.ts'

/** How a day of numbers begins: all other days can be read in one way. */
const NUMBERS =
  /^(?:\p{L}{1,12}[.,:]{0,2} ){0,2}(?:\d{1,2}:\d\d(?::\d\d)?,? )?\d{1,2}([./ -])\d{1,2}\1\d\d/u

/** What stands in days that are mended before they are read. */
const UNUSUAL = /^["'=]|(?!\d)\p{Nd}|(?!-)\p{Pd}|[\u2044\u2215]/u
const MAX_DAY = 60

const CLOCK = /\d{1,2}:\d\d/

/** What the days of each column show of their order, counted while the rows are stored. */
export class ColumnDateTally {
  readonly #columns: ColumnCounts[] = []

  add(rows: readonly FileRow[]): void {
    for (const { cells, fault } of rows) {
      if (fault !== null) continue
      cells.forEach((cell, at) => {
        if (cell !== null && cell !== '') this.#addCell(cell, at)
      })
    }
  }

  /** How the days of a column are read at a dealer of this country (ISO 3166-1 alpha-2). */
  of(column: number, country: string): ColumnDates | null {
    const counts = this.#columns[column]
    if (!counts) return null
    const { dmy, mdy, ymd, either, dotted, yearOpen } = counts.shown
    const isMixed = either + dotted > 0
    if (dmy + mdy + ymd + either + dotted + yearOpen === 0) return null
    if (dmy > 0 && mdy > 0) return { order: null, basis: 'contradictory' }
    if (dmy > 0) return { order: 'dmy', basis: 'values' }
    if (mdy > 0) return { order: 'mdy', basis: 'values' }
    if (ymd > 0) return isMixed ? { order: null, basis: 'contradictory' } : YEAR_FIRST
    if (yearOpen > 0) return isMixed ? DAY_FIRST : orderOfYears(counts, country)
    if (either === 0) return { order: 'dmy', basis: 'separator' }
    return { order: usualDateOrder(country), basis: 'dealer' }
  }

  #addCell(cell: string, at: number): void {
    const given = cell.trim()
    const isMended = given.length <= MAX_DAY && UNUSUAL.test(given)
    const text = isMended ? mendedTime(given) : given
    const shown = NUMBERS.test(text) ? shownOrder(text) : null
    if (shown === null) return
    const counts = (this.#columns[at] ??= noCounts())
    counts.shown[shown] += 1
    if (shown !== 'yearOpen') return
    const [first = 0, , last = 0] = (text.replace(CLOCK, '').match(/\d\d?/g) ?? []).map(Number)
    counts.firsts.add(first)
    counts.lasts.add(last)
  }
}

interface ColumnCounts {
  shown: Record<ShownOrder, number>
  /** The first and last numbers of the days whose year is open. */
  firsts: Set<number>
  lasts: Set<number>
}

function noCounts(): ColumnCounts {
  const shown = { sure: 0, dmy: 0, mdy: 0, ymd: 0, either: 0, dotted: 0, yearOpen: 0 }
  return { shown, firsts: new Set(), lasts: new Set() }
}

const DAY_FIRST: ColumnDates = { order: 'dmy', basis: 'values' }
const YEAR_FIRST: ColumnDates = { order: 'ymd', basis: 'values' }

/** There are more days than years; else the dealer's country decides. */
function orderOfYears({ firsts, lasts }: ColumnCounts, country: string): ColumnDates {
  if (firsts.size > lasts.size) return DAY_FIRST
  if (firsts.size < lasts.size) return YEAR_FIRST
  const order = orderOfOpenYear([...lasts], country)
  return order === null ? { order, basis: 'contradictory' } : { order, basis: 'dealer' }
}

/** The order in which the days of a column are read; null: it is open. */
export function orderOf(setting: DateOrderSetting, dates: ColumnDates | null): DateOrder | null {
  return setting === 'auto' ? (dates?.order ?? null) : setting
}
