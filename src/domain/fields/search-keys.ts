import { contactKeys, nameKeys } from '../leads/contact.ts'
import { fold } from '../text/fold.ts'
import type { Contact } from '../leads/lead.ts'

/** How many keys the fields of one record have at most, those of one value, and how long each is. */
const MAX_KEYS = 24
const MAX_KEYS_OF_VALUE = 8
const MAX_KEY = 40

/** What the keys of fields begin with: persons are matched by others, and never by these. */
export const FIELD_KEY_PREFIX = 'f:'

/** A word of a search, or of a value, in the form in which they are compared. */
export function searchWord(word: string): string {
  return fold(word).replaceAll(' ', '')
}

/** Everything a client or lead is found by: how to reach the person, their name, and searchable fields. */
export function recordKeys(
  { contact, customFields }: { contact: Contact; customFields: Readonly<Record<string, unknown>> },
  searchable: readonly { key: string }[]
): string[] {
  const ofFields = fieldKeys(searchable, customFields)
  return [...contactKeys(contact), ...nameKeys(contact), ...ofFields]
}

/** The keys under which a record is found by the values of its searchable fields. */
export function fieldKeys(
  searchable: readonly { key: string }[],
  values: Readonly<Record<string, unknown>>
): string[] {
  const words = searchable.flatMap(({ key }) =>
    wordsOf(Object.hasOwn(values, key) ? values[key] : null)
  )
  return [...new Set(words)].slice(0, MAX_KEYS).map((word) => `${FIELD_KEY_PREFIX}${word}`)
}

/** Each word as people type it (`AB-12` as one), and its parts (`ab`, `12`). */
function wordsOf(value: unknown): string[] {
  const texts = Array.isArray(value) ? value : [value]
  const words = texts.flatMap((text: unknown) => {
    if (typeof text !== 'string' && typeof text !== 'number') return []
    return String(text)
      .slice(0, 1_000)
      .split(/\s+/)
      .flatMap((word) => [searchWord(word), ...fold(word).split(' ')])
  })
  return [...new Set(words.filter((word) => word !== ''))]
    .map((word) => word.slice(0, MAX_KEY))
    .slice(0, MAX_KEYS_OF_VALUE)
}
