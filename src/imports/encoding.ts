import type { Locale } from '../domain/dealers/dealer.ts'

/** The encodings that are guessed; any other of WHATWG's can be named. */
type GuessedEncoding =
  'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1250' | 'windows-1252' | 'iso-8859-2'

/** Whose file it is: the dealer's language and country say which letters to expect. */
export interface Origin {
  locale: Locale
  /** ISO 3166-1 alpha-2. */
  country: string
}

/** Whether text can be decoded from what has this name. */
export function isEncoding(name: string): boolean {
  try {
    new TextDecoder(name)
    return true
  } catch {
    return false
  }
}

/** What the first bytes alone say: a byte order mark, or UTF-16 by where its zeros are. */
export function encodingByMarks(head: Uint8Array): GuessedEncoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  let even = 0
  let odd = 0
  for (let at = 0; at + 1 < head.length; at += 2) {
    if (head[at] === 0) even++
    if (head[at + 1] === 0) odd++
  }
  // Separators, digits and most letters have a zero; a file without any has no table in it.
  const many = head.length / 8
  if (odd > many && even < odd / 4) return 'utf-16le'
  if (even > many && odd < even / 4) return 'utf-16be'
  return null
}

/** UTF-8 where it can be; else the legacy encoding whose letters look most like the dealer's. */
export function guessEncoding(sample: Uint8Array, origin: Origin): GuessedEncoding {
  if (isUtf8(sample)) return 'utf-8'
  const home = lettersOf(origin)
  const candidates = candidatesFor(origin).map((encoding) => ({
    encoding,
    score: scoreOf(new TextDecoder(encoding).decode(sample), home)
  }))
  return candidates.reduce((best, one) => (one.score > best.score ? one : best)).encoding
}

/**
 * UTF-8, with bytes that are none here and there: as many characters of several bytes at least as bytes
 * that are in none. Text of another encoding hardly ever has such characters.
 */
function isUtf8(sample: Uint8Array): boolean {
  let characters = 0
  let strays = 0
  let at = 0
  while (at < sample.length) {
    const length = characterLength(sample, at)
    // A sample may end within a character, which is no stray then.
    if (length > 1) characters++
    if (length === 0) strays++
    at += Math.max(length, 1)
  }
  return characters >= strays
}

/** How many bytes the UTF-8 character from here on has; 0: there is none. */
function characterLength(sample: Uint8Array, at: number): number {
  const lead = sample[at] ?? 0
  if (lead < 0x80) return 1
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
  for (let next = at + 1; next < at + length && next < sample.length; next++) {
    const byte = sample[next] ?? 0
    if (byte < 0x80 || byte > 0xbf) return 0
  }
  return length
}

const CENTRAL = new Set(['PL', 'CZ', 'SK', 'HU', 'SI', 'HR', 'RO', 'BA', 'RS'])

/** Of equally likely ones the first wins. */
function candidatesFor(origin: Origin): [GuessedEncoding, ...GuessedEncoding[]] {
  const isCentral = origin.locale === 'pl' || CENTRAL.has(origin.country)
  return isCentral
    ? ['windows-1250', 'iso-8859-2', 'windows-1252']
    : ['windows-1252', 'windows-1250', 'iso-8859-2']
}

const POLISH = 'ąćęłńóśźżĄĆĘŁŃÓŚŹŻ'
const SPANISH = 'áéíóúüñÁÉÍÓÚÜÑ¿¡ºª'
const WESTERN = 'äöüßàèìòùâêîôûëïçãõåøæÄÖÜÀÈÌÒÙÂÊÎÔÛËÏÇÃÕÅØÆ'
const KNOWN = new Set(POLISH + SPANISH + WESTERN)

function lettersOf({ locale, country }: Origin): ReadonlySet<string> {
  if (locale === 'pl' || country === 'PL') return new Set(POLISH)
  return new Set(locale === 'es' ? SPANISH : SPANISH + WESTERN)
}

/** Signs that stand in tables of sensible people, beside letters. */
const SIGNS = new Set('€£§°–—„“”‘’‚…«»•™©®·\u00a0')

function scoreOf(text: string, home: ReadonlySet<string>): number {
  let score = 0
  let before = ''
  for (const letter of text) {
    const previous = before
    before = letter
    if (letter < '\u0080') continue
    if (letter < '\u00a0') score -= 10
    else if (home.has(letter)) score += 3
    else if (KNOWN.has(letter)) score += 2
    else if (SIGNS.has(letter)) score += 1
    else if (/\p{L}/u.test(letter)) score += 0.5
    else score -= /\p{L}/u.test(previous) ? 3 : 1
  }
  return score
}
