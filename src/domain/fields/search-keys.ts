import { fold } from '../text/fold.ts'

/** How many keys the fields of one record have at most, those of one value, and how long each is. */
const MAX_KEYS = 24
const MAX_KEYS_OF_VALUE = 8
const MAX_KEY = 40

/** The length of a number plate and the like: people write them with blanks, and search without. */
const MAX_CODE = 20

/** The prefix of the keys of fields: persons are matched by other keys, never by these. */
export const FIELD_KEY_PREFIX = 'f:'

/** A word of a search, or of a value, in the form in which they are compared. */
function searchWord(word: string): string {
  return fold(word).replaceAll(' ', '')
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

/** Each word as people type it (`AB-12` as one), its parts (`ab`, `12`), and a short code whole (`AB 12`). */
function wordsOf(value: unknown): string[] {
  const texts = Array.isArray(value) ? value : [value]
  const words = texts.flatMap((text: unknown) => {
    if (typeof text !== 'string' && typeof text !== 'number') return []
    const whole = String(text).slice(0, 1_000)
    const words = whole.split(/\s+/).flatMap((word) => [searchWord(word), ...fold(word).split(' ')])
    return whole.length <= MAX_CODE && /\d/.test(whole) ? [searchWord(whole), ...words] : words
  })
  return [...new Set(words.filter((word) => word !== ''))]
    .map((word) => word.slice(0, MAX_KEY))
    .slice(0, MAX_KEYS_OF_VALUE)
}
