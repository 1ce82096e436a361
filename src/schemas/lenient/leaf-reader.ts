import { readCountry } from '../../domain/text/country-names.ts'
import { parseDayOrTime } from '../../domain/clock/day-or-time.ts'
import { readInstant as readWrittenInstant } from '../../domain/clock/written-instant.ts'
import { readDecimal, readFlag } from '../../domain/leads/written-values.ts'
import { readChoice } from '../../domain/leads/choice-synonyms.ts'
import { readCurrency } from '../../domain/leads/currencies.ts'
import { readLanguage } from '../../domain/leads/languages.ts'
import type { ReadingDealer } from '../../domain/leads/reading-dealer.ts'
import { isAbsentValue } from '../../domain/text/absent-values.ts'
import { MAX_SHORT_TEXT } from '../../domain/text/short-text.ts'
import {
  AMOUNT_PATTERN,
  COUNTRY_PATTERN,
  CURRENCY_PATTERN,
  DAY_OR_TIME_PATTERN,
  LANGUAGE_PATTERN
} from '../shared.ts'
import type { JsonSchema } from './json-schema.ts'

/** Reads a value that is neither null nor blank. A value that can't be read is returned as it is. */
export type ReadLeaf = (value: unknown, dealer: ReadingDealer) => unknown

/** The reader of a schema's values, or null: they have no form. */
export function leafReader(schema: JsonSchema): ReadLeaf | null {
  const types = [schema.type].flat()
  if (types.includes('boolean')) return asFlag
  if (types.includes('integer') || types.includes('number')) return asNumber
  if (!types.includes('string')) return null
  const readText = textReader(schema)
  if (!readText) return asText
  return (value, dealer) => {
    const text = asText(value)
    return typeof text === 'string' && text.length <= MAX_SHORT_TEXT
      ? (readText(text.trim(), dealer) ?? text)
      : text
  }
}

/** The test for texts that stand for an absent value; a required text may be such a word. */
export function absenceOf({ enum: choices, minLength }: JsonSchema): (text: string) => boolean {
  if (choices) return (text) => readChoice(text, wordsOf(choices)) === null && isAbsentValue(text)
  return minLength === undefined ? isAbsentValue : () => false
}

/** The text, where its form can be another; null: the text can't be read. */
type ReadText = (text: string, dealer: ReadingDealer) => string | null

function textReader(schema: JsonSchema): ReadText | undefined {
  const { enum: choices, format } = schema
  if (choices) {
    const words = wordsOf(choices)
    return (text) => readChoice(text, words)
  }
  if (format === 'date-time') return readInstant
  return PATTERN_READERS.get(schema.pattern ?? '')
}

function wordsOf(choices: readonly unknown[]): string[] {
  return choices.filter((choice) => typeof choice === 'string')
}

const PATTERN_READERS: ReadonlyMap<string, ReadText> = new Map<string, ReadText>([
  [COUNTRY_PATTERN.source, readCountry],
  [LANGUAGE_PATTERN.source, readLanguage],
  [AMOUNT_PATTERN.source, readDecimal],
  [DAY_OR_TIME_PATTERN.source, parseDayOrTime],
  [CURRENCY_PATTERN.source, (text, { currency }) => readCurrency(text, currency)]
])

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/

/** Validators know no hour 24. */
const END_OF_DAY = 'T24'

/** A time in the one form stays as it is; others are read as on every path. */
function readInstant(text: string, dealer: ReadingDealer): string | null {
  if (RFC_3339.test(text) && !text.includes(END_OF_DAY)) return text
  return readWrittenInstant(text, dealer)
}

function asText(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value
}

function asNumber(value: unknown): unknown {
  if (typeof value !== 'string' || value.length > MAX_SHORT_TEXT) return value
  const decimal = readDecimal(value)
  return decimal === null ? value : Number(decimal)
}

function asFlag(value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value
  const text = String(value)
  return text.length > MAX_SHORT_TEXT ? value : (readFlag(text) ?? value)
}
