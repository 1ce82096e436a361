import { monthOf } from '../clock/date-words.ts'
import { fold } from '../text/fold.ts'

/** A year with what people and spreadsheets write around it: a month, the next year, a word for the year. */
const YEAR =
  /^(?:(?:MY|rok|rocznik|year|a[nñ]o|baujahr|bj|ez)\W{0,2})?(?:\d{1,2}[./-]){0,2}(\d{4})(?:[.,]0{1,2}|[./-](?:0?[1-9]|1[0-2])(?:[./-]\d{1,2})?)?(?:er| ?r(?:ok|oku)?\.?)?$/i
/** `März 2017` */
const MONTH_YEAR = /^(\p{L}{3,12})\.? (\d{4})$/u
/** A year of two digits, as registrations have it behind a month: `EZ 03/17`. */
const TWO_DIGITS =
  /^(?:(?:rok|rocznik|year|a[nñ]o|baujahr|bj|ez|erstzulassung)\W{0,2})?(?:(\d{1,2})[./-])?(?:(\d{1,2})[./-])?(\d\d)(?: ?r(?:ok|oku)?\.?)?$/i
const SHORT_YEAR = /^(?:(?:MY ?)?['‘’`]|MY ?)(\d\d)$/i

/**
 * A year as people write it: `2019`, `MY2022`, `'19`, `2 020`, `2022.0`, `05/2019`, `2019 r.`, `03/17`, `17`. Of two years,
 * `2019/2020`, neither is sure.
 */
export function readModelYear(text: string): number | null {
  const plain = text.trim().replace(/^([12])[ \u00a0\u202f.,'](\d{3})$/, '$1$2')
  const [, short] = SHORT_YEAR.exec(plain) ?? []
  if (short !== undefined) return Number(short) + (Number(short) < 50 ? 2000 : 1900)
  const [, month = '', ofMonth] = plain.length > 30 ? [] : (MONTH_YEAR.exec(plain) ?? [])
  if (ofMonth !== undefined && monthOf(fold(month)) !== null) return Number(ofMonth)
  const [, year] = plain.length > 30 ? [] : (YEAR.exec(plain) ?? [])
  if (year !== undefined) return Number(year)
  const [, ...parts] = plain.length > 30 ? [] : (TWO_DIGITS.exec(plain) ?? [])
  return yearOf(
    parts.flatMap((part: string | undefined) => (part === undefined ? [] : [Number(part)]))
  )
}

/** The last of these is the year, unless that is a month and the first is none: `17/03`. */
function yearOf(parts: readonly number[]): number | null {
  const last = parts.at(-1)
  if (last === undefined) return null
  const others = parts.slice(0, -1)
  const [first = 0] = others
  if (others.length === 1 && first > 12) return isMonth(last) ? inCentury(first) : null
  const isDay = others.every((part) => part >= 1 && part <= 31)
  return others.length === 0 || (isDay && others.some(isMonth)) ? inCentury(last) : null
}

function isMonth(number: number): boolean {
  return number >= 1 && number <= 12
}

/** Between these no car was built, or none was yet. */
const [LAST_OF_2000S, FIRST_OF_1900S] = [35, 50]

function inCentury(year: number): number | null {
  if (year >= FIRST_OF_1900S) return 1900 + year
  return year > LAST_OF_2000S || year === 0 ? null : 2000 + year
}
