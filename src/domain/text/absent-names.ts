import { isAbsentValue } from './absent-values.ts'

/** Words for an absent value that are surnames of people as well. */
const SURNAMES: ReadonlySet<string> = new Set([
  ...['null', 'none', 'brak', 'keine', 'keiner', 'ohne', 'nema', 'array']
])

/** Words that templates print for a part of a name that they do not have. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(['null', 'undefined'])

/**
 * Whether a part of a name stands for an absent value. `others` are the other parts of the same name.
 *
 * Placeholders such as `undefined`, `N/A`, `-` and `sin nombre` always do. `Null`, `None` and `Brak` are
 * also surnames. Such a word is a name where another part is one, and it is written as that one is:
 * `Jan Null` and `JAN NULL` are people. `Jan null` is a template without a surname, because programs
 * write the word in small letters. Without another name beside it the word is absent: `Null`, `Brak Brak`.
 */
export function isAbsentName(text: string, others: readonly string[]): boolean {
  // A program's value for nothing: no person is called by it.
  if (/^(?:0{1,3}(?:[.,]0{1,2})?|true|false)$/.test(text.trim())) return true
  const words = text.trim().split(/\s+/)
  if (words.length > 1 && words.every((word) => isAbsentValue(word))) return true
  if (!isAbsentValue(text)) return false
  if (!SURNAMES.has(text.trim().toLowerCase())) return true
  return !others.some((other) => !isAbsentValue(other) && isWrittenAlike(text.trim(), other))
}

/** Both begin with a capital, and neither shouts alone. */
function isWrittenAlike(word: string, other: string): boolean {
  if (!/^\p{Lu}/u.test(word)) return false
  return word !== word.toUpperCase() || other === other.toUpperCase()
}

/**
 * A whole name without the words that a template printed for the parts it did not have: `null Kos` is
 * `Kos`. Null where it has none of them.
 */
export function withoutPlaceholders(name: string): string | null {
  const words = name.trim().split(/\s+/)
  const kept = words.filter((word) => !PLACEHOLDERS.has(word))
  return kept.length === words.length || kept.length === 0 ? null : kept.join(' ')
}
