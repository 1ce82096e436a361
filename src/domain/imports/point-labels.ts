import { readChoice } from '../leads/choice-synonyms.ts'
import { PHONE_TYPES } from '../leads/lead.ts'
import type { PhoneType } from '../leads/lead.ts'
import { fold, squeeze } from '../text/fold.ts'

const VALUE = /- ?(?:value|wert|valor|wartość|wartosc)$/i
const LABELS = [
  'label',
  'type',
  'etykieta',
  'typ',
  'etiqueta',
  'tipo',
  'bezeichnung',
  'beschriftung'
]

/** Google Contacts writes several values, and their labels, into one cell with this between them. */
export const BETWEEN_VALUES = ':::'

/** The place of the column that says what the values of this one are: `Phone 2 - Label` for `Phone 2 - Value`. */
export function labelPlace(column: string, names: readonly string[]): number | null {
  const base = squeeze(column.replace(VALUE, ''))
  const called = new Set(LABELS.map((label) => base + label))
  const place = names.findIndex((name) => called.has(squeeze(name)))
  return place === -1 ? null : place
}

/** The types that a label names, one for each value of the cell; null: it names none. */
export function labelledTypes(label: string | null): (PhoneType | null)[] {
  return (label ?? '')
    .slice(0, MAX_LABEL)
    .split(BETWEEN_VALUES)
    .map((text) => typeOf(text.replace(/^\s*\*/, '').trim()))
}

/** The type of a label, or of its words: a fax at work is a fax. */
function typeOf(label: string): PhoneType | null {
  const whole = readChoice(label, PHONE_TYPES)
  if (whole !== null) return whole
  const types = fold(label)
    .split(' ')
    .map((word) => readChoice(word, PHONE_TYPES))
  return NARROWEST.find((type) => types.includes(type)) ?? null
}

const NARROWEST: readonly PhoneType[] = ['fax', 'mobile', 'work', 'home']

const MAX_LABEL = 400
