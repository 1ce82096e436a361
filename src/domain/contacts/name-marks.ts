import { trimCharacters } from '../text/clean-text.ts'

/**
 * A name without what a person, a spreadsheet or a program put around it: quotes of any kind (`„Jan Kos”`,
 * `="Jan Kos"`, `'Jan Kos`), marks between values (`Jan Kos,`) and labels of its field (`Imię: Jan`). Apostrophes of
 * names stay: `'t Hooft`, `O’Brien`.
 */
export function withoutNameMarks(name: string): string {
  let bare = withoutLabels(withoutEndMarks(name.replace(/^=(?=")/, '')))
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const inside = insideQuotes(bare)
    if (inside === null) break
    bare = withoutLabels(withoutEndMarks(inside))
  }
  return bare
}

/** A full stop behind a word in small letters ends a sentence: that of `Jr.` or `A.` is of the name. */
function withoutEndMarks(name: string): string {
  if (!/\p{L}{2}/u.test(name)) return name
  return trimCharacters(name, ' ,;:|/\\', ' ,;:|/\\').replace(/(?<=\p{Ll}{4})\.$/u, '')
}

/** A program quotes what is quoted. */
const MAX_ROUNDS = 2

/** The marks that close a quote, by the one that opens it. */
const CLOSING: ReadonlyMap<string, string> = new Map([
  ['"', '"\u201d'],
  ['\u201c', '\u201d\u201c"'],
  ['\u201d', '\u201d'],
  ['\u201e', '\u201d\u201c"'],
  ['\u00ab', '\u00bb'],
  ['\u00bb', '\u00ab'],
  ['\u2039', '\u203a'],
  ["'", "'\u2019"],
  ['\u2018', "\u2019\u2018'"],
  ['\u201a', "\u2018\u2019'"],
  ['`', "`'\u00b4"],
  ['\u00b4', '\u00b4'],
  ['*', '*'],
  ['_', '_']
])

/** The text within quotes around it, or behind an apostrophe of a spreadsheet; null: it has none. */
function insideQuotes(text: string): string | null {
  const isQuoted = CLOSING.get(text.charAt(0))?.includes(text.slice(-1)) === true
  const inside = isQuoted ? text.slice(1, -1).trim() : ''
  if (/^['\u2018\u2019"*_]?\p{L}/u.test(inside) && !INNER_QUOTE.test(inside)) return inside
  return /^['\u2018](?![tsn][ -])(\p{L}[^'\u2019]*)$/iu.exec(text)?.[1]?.trim() ?? null
}

/** A quote within a name: what is around it is not one quoted name. Apostrophes stand before a letter. */
const INNER_QUOTE = /.["\u201c-\u201e\u00ab\u00bb]|['\u2018\u2019](?!\p{L})/u

/** The labels of fields in front of a name, and of the parts behind the first: `Imię: Jan, nazwisko: Kos`. */
function withoutLabels(name: string): string {
  if (!FIRST_LABEL.test(name)) return name.trim()
  return name.replace(ANY_LABEL, ' ').replace(/ {2,}/g, ' ').trim()
}

const WORDS =
  'imi(?:ę|e)(?: i nazwisko)?|nazwisko(?: i imi(?:ę|e))?|imiona|(?:your|full|first|given|last|family|contact)? ?name|' +
  'forename|surname|nombre(?:s|\\(s\\))?(?: y apellidos?| completo)?|apellidos?|vor- und nachname|vorname|nachname|familienname'
const FIRST_LABEL = new RegExp(
  `^(?:${WORDS})(?: ?[:=]| [-\u2013]) ?(?=["'\u2018\u201c\u201e]?\\p{L})`,
  'iu'
)
const ANY_LABEL = new RegExp(
  `[,;|/]? ?(?<!\\p{L})(?:${WORDS})(?: ?[:=]| [-\u2013]) ?(?=["'\u2018\u201c\u201e]?\\p{L})`,
  'giu'
)
