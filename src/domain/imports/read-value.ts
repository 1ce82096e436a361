import { readCountry } from '../text/country-names.ts'
import { MAX_SHORT_TEXT } from '../text/short-text.ts'
import { isLikelyTime, readEpoch } from '../clock/written-instant.ts'
import { readDay, readTime, shownOrder } from '../clock/written-time.ts'
import type { DateOrder } from '../clock/written-time.ts'
import type { ContactReading } from '../contacts/given-contact.ts'
import type { ValueParsers } from '../fields/custom-field.ts'
import { readChoice } from '../leads/choice-synonyms.ts'
import { readModelYear } from '../leads/model-year.ts'
import { readLanguage } from '../leads/languages.ts'
import type { FieldShape } from '../leads/lead-field.ts'
import type { Money } from '../leads/values.ts'
import {
  isPriceAmount,
  readDecimal,
  readFlag,
  readMoney,
  readOdometer
} from '../leads/written-values.ts'
import type { ValueCode } from '../reasons/import-reasons.ts'
import { because } from '../reasons/reasons.ts'
import type { Reason } from '../reasons/reasons.ts'

/** How texts are read at this dealer. How addresses and numbers are recognised comes from outside. */
export interface RowParsers {
  contacts: ContactReading
  values: ValueParsers
  currency: string
  timeZone: string
  distanceUnit: 'km' | 'mi'
}

/** The value of a cell, or its fault; with both, the value is a part of the cell. */
export type CellValue =
  { value: unknown; fault?: undefined } | { fault: Reason<ValueCode>; value?: unknown }

/**
 * A cell's text, trimmed and not blank, as a value of this form. `order` is that of the days of the
 * column; null: it is open, and days such as `11/12/2026` are faults.
 */
export function readValue(
  shape: FieldShape,
  text: string,
  parsers: RowParsers,
  order: DateOrder | null
): CellValue {
  const { choices = [] } = shape
  const { timeZone, currency, distanceUnit } = parsers
  const { country } = parsers.contacts
  const short = text.length > MAX_SHORT_TEXT ? '' : text
  switch (shape.kind) {
    case 'choice':
      return known(readChoice(short, choices), because('not_one_of', { options: choices }))
    case 'lines':
      return readLines(text, shape.maxLength)
    case 'language':
      return known(readLanguage(short), because('not_language'))
    case 'country':
      return known(readCountry(short), because('not_country'))
    // The row's person is read as one, when all its cells are known. A long text is no point, and told as such.
    case 'email':
    case 'phone':
      return { value: text.slice(0, MAX_POINT).toWellFormed() }
    case 'emails':
    case 'phones':
      return limited(text, MAX_POINTS)
    case 'number':
      return known(toNumber(readDecimal(short)), because('not_number'))
    case 'year':
      return known(readYear(short, shape), because('not_year'))
    case 'flag':
      return known(readFlag(short), because('not_flag'))
    case 'money':
      return known(readPrice(short, currency), because('not_amount'))
    case 'odometer':
      return known(readOdometer(short, { unit: distanceUnit, country }), because('not_odometer'))
    case 'date':
      return known(
        readDay(short, order) ?? readTime(short, { order, timeZone }),
        dayFault(short, order, because('not_day'))
      )
    case 'instant':
      return known(
        readLikelyTime(short, { order, timeZone }),
        dayFault(short, order, because('not_time'))
      )
    case 'text':
    case 'prose':
    case 'list':
    case 'time':
    case 'any':
      return limited(text, shape.maxLength)
  }
}

/** How much of a text is read, where its field has no limit of its own: what searches it takes time. */
const MAX_TEXT = 20_000
const MAX_POINT = 1_000
const MAX_POINTS = 5_000

/** The time, or null: it is none, or stands for no time at all. */
function readLikelyTime(
  text: string,
  reading: { order: DateOrder | null; timeZone: string }
): string | null {
  const time = readEpoch(text) ?? readTime(text, reading)
  return time !== null && isLikelyTime(time) ? time : null
}

/** A street has no more lines. */
const MAX_LINES = 5

function known(value: unknown, fault: Reason<ValueCode>): CellValue {
  return value === null ? { fault } : { value }
}

function dayFault(
  text: string,
  order: DateOrder | null,
  fault: Reason<ValueCode>
): Reason<ValueCode> {
  const isOpen = order === null && ['either', 'dotted', 'yearOpen'].includes(shownOrder(text) ?? '')
  return isOpen ? because('day_order_unclear') : fault
}

/** Half of a surrogate pair can't be stored. */
function limited(text: string, maxLength = MAX_TEXT): CellValue {
  return text.length > maxLength
    ? {
        value: text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, ''),
        fault: because('text_too_long', { limit: maxLength })
      }
    : { value: text }
}

function readLines(text: string, maxLength = MAX_TEXT): CellValue {
  const isWhole = text.length <= MAX_TEXT
  const lines = text
    .slice(0, MAX_TEXT)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
  const isShort =
    isWhole && lines.length <= MAX_LINES && lines.every((line) => line.length <= maxLength)
  if (isShort) return { value: lines }
  const value = lines.slice(0, MAX_LINES).map((line) => line.slice(0, maxLength).toWellFormed())
  return { value, fault: because('too_many_lines', { lines: MAX_LINES, limit: maxLength }) }
}

function toNumber(decimal: string | null): number | null {
  return decimal === null ? null : Number(decimal)
}

/** An amount; a cell says nothing of a difference from another price. */
function readPrice(text: string, currency: string): Money | null {
  const money = readMoney(text, currency)
  return money !== null && isPriceAmount(money.amount, null) ? money : null
}

function readYear(text: string, { minimum = 0, maximum = 9999 }: FieldShape): number | null {
  const year = readModelYear(text)
  return year !== null && year >= minimum && year <= maximum ? year : null
}
