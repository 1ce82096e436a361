import { readDay, readTime, shownOrder } from '../clock/written-time.ts'
import type { DateOrder } from '../clock/written-time.ts'
import type { ValueParsers } from '../fields/custom-field.ts'
import { readChoice } from '../leads/choice-synonyms.ts'
import { MAX_OTHER_POINTS } from '../leads/contact.ts'
import { readLanguage } from '../leads/languages.ts'
import type { FieldShape } from '../leads/lead-field.ts'
import type { EmailAddress, PhoneNumber } from '../leads/lead.ts'
import { readDecimal, readFlag, readMoney, readOdometer } from './read-cell.ts'
import type { ValueCode } from '../reasons/import-reasons.ts'
import { because } from '../reasons/reasons.ts'
import type { Reason } from '../reasons/reasons.ts'

/** How texts are read at this dealer. How addresses and numbers are recognised comes from outside. */
export interface RowParsers {
  readEmail: (text: string) => EmailAddress
  readPhone: (text: string) => PhoneNumber
  values: ValueParsers
  currency: string
  timeZone: string
  distanceUnit: 'km' | 'mi'
}

/** What a cell says, or what is wrong with it. */
export type CellValue = { value: unknown } | { fault: Reason<ValueCode> }

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
  switch (shape.kind) {
    case 'choice':
      return known(readChoice(text, choices), because('not_one_of', { options: choices }))
    case 'lines':
      return readLines(text, shape.maxLength)
    case 'language':
      return known(readLanguage(text), because('not_language'))
    case 'country':
      return limited(/^[a-z]{2}$/i.test(text) ? text.toUpperCase() : text, 100)
    case 'email':
      return readEmails([text], parsers)
    case 'emails':
      return readEmails(several(text), parsers)
    case 'phone':
      return readPhones([text], parsers)
    case 'phones':
      return readPhones(several(text), parsers)
    case 'number':
      return known(toNumber(readDecimal(text)), because('not_number'))
    case 'year':
      return known(readYear(text, shape), because('not_year'))
    case 'flag':
      return known(readFlag(text), because('not_flag'))
    case 'money':
      return known(readMoney(text, currency), because('not_amount'))
    case 'odometer':
      return known(readOdometer(text, distanceUnit), because('not_odometer'))
    case 'date':
      return known(
        readDay(text, order) ?? readTime(text, { order, timeZone }),
        dayFault(text, order, because('not_day'))
      )
    case 'instant':
      return known(readTime(text, { order, timeZone }), dayFault(text, order, because('not_time')))
    case 'text':
    case 'prose':
    case 'list':
    case 'time':
    case 'any':
      return limited(text, shape.maxLength)
  }
}

/** A street has no more lines. */
const MAX_LINES = 5

const MAX_PHONE = 60

function known(value: unknown, fault: Reason<ValueCode>): CellValue {
  return value === null ? { fault } : { value }
}

function dayFault(
  text: string,
  order: DateOrder | null,
  fault: Reason<ValueCode>
): Reason<ValueCode> {
  const isOpen = order === null && ['either', 'dotted'].includes(shownOrder(text) ?? '')
  return isOpen ? because('day_order_unclear') : fault
}

function limited(text: string, maxLength = Infinity): CellValue {
  return text.length > maxLength
    ? { fault: because('text_too_long', { limit: maxLength }) }
    : { value: text }
}

function readLines(text: string, maxLength = Infinity): CellValue {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const isShort = lines.length <= MAX_LINES && lines.every((line) => line.length <= maxLength)
  return isShort
    ? { value: lines }
    : { fault: because('too_many_lines', { lines: MAX_LINES, limit: maxLength }) }
}

/** Several values of one cell stand on lines of their own, or between semicolons. */
function several(text: string): string[] {
  const parts = text.split(/[;\n]/).map((part) => part.trim())
  return parts.filter((part) => part !== '')
}

function readEmails(texts: readonly string[], { readEmail }: RowParsers): CellValue {
  const emails = texts.map(readEmail)
  if (emails.some(({ valid }) => !valid)) return { fault: because('not_email') }
  return atMost(emails, 'too_many_emails')
}

/** A value that can't be read is kept as it is: a person may understand it. */
function readPhones(texts: readonly string[], { readPhone }: RowParsers): CellValue {
  const limit = MAX_PHONE
  if (texts.some((text) => text.length > limit))
    return { fault: because('text_too_long', { limit }) }
  return atMost(texts.map(readPhone), 'too_many_phones')
}

function atMost(
  points: readonly unknown[],
  code: 'too_many_emails' | 'too_many_phones'
): CellValue {
  const limit = MAX_OTHER_POINTS
  return points.length > limit ? { fault: because(code, { limit }) } : { value: points }
}

function toNumber(decimal: string | null): number | null {
  return decimal === null ? null : Number(decimal)
}

function readYear(text: string, { minimum = 0, maximum = 9999 }: FieldShape): number | null {
  const year = Number(text)
  return /^\d{4}$/.test(text) && year >= minimum && year <= maximum ? year : null
}
