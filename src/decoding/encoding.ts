import type { EncodingChoice, EncodingGuess } from '../domain/imports/import.ts'
import { decodeAll } from './decoders.ts'
import { FAMILIES, plausibility } from './plausibility.ts'
import type { Origin } from './plausibility.ts'

/** The encoding by the first bytes alone: a byte order mark, or UTF-16 by the places of its zeros. */
export function encodingByMarks(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
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

/** The guess is sure where the best text is more plausible than any other by more than a language of the dealer counts. */
const SURE = 1

/** One or two letters are weak evidence. */
const SURE_OF_FEW = 1.5
const FEW_BYTES = 2

const MAX_CHOICES = 4

/**
 * The encoding of bytes without a mark: UTF-8 if it is possible, otherwise the encoding of Windows, ISO, DOS or
 * old Macs in which the text is most plausible. Doubtful where the text is hardly plausible in any, or
 * almost as plausible as another text; the choices are the best texts then, the best first.
 */
export function guessEncoding(
  sample: Uint8Array,
  origin: Origin
): EncodingGuess & { encoding: string } {
  return isUtf8(sample)
    ? { encoding: 'utf-8', certainty: 'sure', choices: [] }
    : guessSingleByte(sample, origin)
}

/** The encoding of bytes that are no UTF-8: one in which each is a character. */
export function guessSingleByte(
  sample: Uint8Array,
  origin: Origin
): EncodingGuess & { encoding: string } {
  const isCentral = COUNTRIES_OF_CENTRAL.has(origin.country) || origin.locale === 'pl'
  const families = isCentral ? FAMILIES : FAMILIES.toReversed()
  const found = families.flatMap(({ encodings, languages }) =>
    Object.entries(encodings).map(([encoding, unlikely]) => {
      const text = decodeAll(sample, encoding)
      const score = plausibility(text, languages, origin) - unlikely
      return { encoding, text, score }
    })
  )
  const ranked = found.toSorted((one, other) => other.score - one.score)
  const different = ranked.filter(
    ({ text }, at) => ranked.findIndex((one) => one.text === text) === at
  )
  const [best, second] = different
  if (!best) throw new Error('no encoding was tried')
  const isFew = sample.filter((byte) => byte > 0x7f).length <= FEW_BYTES
  const margin = isFew ? SURE_OF_FEW : SURE
  const isSure = best.score > 0 && (!second || best.score - second.score > margin)
  return {
    encoding: best.encoding,
    certainty: isSure ? 'sure' : 'doubtful',
    choices: isSure ? [] : different.slice(0, MAX_CHOICES).map(toChoice)
  }
}

const COUNTRIES_OF_CENTRAL = new Set(['PL', 'CZ', 'SK', 'HU', 'SI', 'HR', 'RO', 'BA', 'RS'])

const MAX_WORDS = 5
const MAX_SHOWN = 100

/** The first words with letters beyond ASCII, as the encoding has them. */
function toChoice({ encoding, text }: { encoding: string; text: string }): EncodingChoice {
  const words = text.split(/[\s,;|"]+/).filter((word) => /[\u0080-\uffff]/.test(word))
  return { encoding, sample: words.slice(0, MAX_WORDS).join(' ').slice(0, MAX_SHOWN) }
}

/**
 * UTF-8 with some stray bytes: it has at least as many characters of several bytes as stray bytes. Text
 * of another encoding hardly ever has such characters.
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

/** The number of bytes of the UTF-8 character that begins here; 0: no character begins here. */
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
