import type { ValueReading } from '../fields/custom-field.ts'
import { MAX_OTHER_POINTS } from '../leads/contact.ts'
import type { FieldShape } from '../leads/lead-field.ts'
import type { EmailAddress, PhoneNumber } from '../leads/lead.ts'
import {
  readDay,
  readDecimal,
  readFlag,
  readMoney,
  readOdometer,
  readTime,
  readWord
} from './read-cell.ts'

/** How texts are read at this dealer. How addresses and numbers are recognised comes from outside. */
export interface RowReading {
  readEmail: (text: string) => EmailAddress
  readPhone: (text: string) => PhoneNumber
  values: ValueReading
  currency: string
  timeZone: string
  distanceUnit: 'km' | 'mi'
}

/** What a cell says, or what is wrong with it. */
export type CellValue = { value: unknown } | { fault: string }

/** A cell's text, trimmed and not blank, as a value of this form. */
export function readValue(shape: FieldShape, text: string, reading: RowReading): CellValue {
  const { choices = [] } = shape
  const { timeZone, currency, distanceUnit } = reading
  switch (shape.kind) {
    case 'choice':
      return known(readWord(text, choices), `must be one of ${choices.join(', ')}`)
    case 'lines':
      return readLines(text, shape.maxLength)
    case 'language':
      return LANGUAGE.test(text) ? { value: text } : { fault: 'must be a language code such as pl' }
    case 'country':
      return limited(/^[a-z]{2}$/i.test(text) ? text.toUpperCase() : text, 100)
    case 'email':
      return readEmails([text], reading)
    case 'emails':
      return readEmails(several(text), reading)
    case 'phone':
      return readPhones([text], reading)
    case 'phones':
      return readPhones(several(text), reading)
    case 'number':
      return known(toNumber(readDecimal(text)), 'must be a number')
    case 'year':
      return known(readYear(text, shape), 'must be a year such as 2022')
    case 'flag':
      return known(readFlag(text), 'must be yes or no')
    case 'money':
      return known(readMoney(text, currency), 'must be an amount such as 79900.00')
    case 'odometer':
      return known(readOdometer(text, distanceUnit), 'must be a whole number of km or miles')
    case 'date':
      return known(readDay(text) ?? readTime(text, timeZone), 'must be a day such as 2026-11-21')
    case 'instant':
      return known(readTime(text, timeZone), 'must be a time such as 2026-11-21 18:03')
    case 'text':
    case 'prose':
    case 'list':
    case 'time':
    case 'any':
      return limited(text, shape.maxLength)
  }
}

const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

function known(value: unknown, fault: string): CellValue {
  return value === null ? { fault } : { value }
}

function limited(text: string, maxLength = Infinity): CellValue {
  return text.length > maxLength
    ? { fault: `must have ${maxLength} characters at most` }
    : { value: text }
}

function readLines(text: string, maxLength = Infinity): CellValue {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const isShort = lines.length <= 5 && lines.every((line) => line.length <= maxLength)
  return isShort
    ? { value: lines }
    : { fault: `must be 5 lines of ${maxLength} characters at most` }
}

/** Several values of one cell stand on lines of their own, or between semicolons. */
function several(text: string): string[] {
  const parts = text.split(/[;\n]/).map((part) => part.trim())
  return parts.filter((part) => part !== '')
}

function readEmails(texts: readonly string[], { readEmail }: RowReading): CellValue {
  const emails = texts.map(readEmail)
  if (emails.some(({ valid }) => !valid)) return { fault: 'is no e-mail address' }
  return atMost(emails, 'e-mail addresses')
}

/** One that can't be read is kept as it is: somebody may understand it. */
function readPhones(texts: readonly string[], { readPhone }: RowReading): CellValue {
  if (texts.some((text) => text.length > 60)) return { fault: 'must have 60 characters at most' }
  return atMost(texts.map(readPhone), 'phone numbers')
}

function atMost(points: readonly unknown[], what: string): CellValue {
  return points.length > MAX_OTHER_POINTS
    ? { fault: `must be ${MAX_OTHER_POINTS} ${what} at most` }
    : { value: points }
}

function toNumber(decimal: string | null): number | null {
  return decimal === null ? null : Number(decimal)
}

function readYear(text: string, { minimum = 0, maximum = 9999 }: FieldShape): number | null {
  const year = Number(text)
  return /^\d{4}$/.test(text) && year >= minimum && year <= maximum ? year : null
}
