import type { EncodingChoice, EncodingGuess } from '../domain/imports/import.ts'
import { isRatherUtf8 } from './broken-utf8.ts'
import type { Origin } from './plausibility.ts'
import { rankSingleByte } from './rank-encodings.ts'
import { sniffUtf32 } from './utf-32.ts'

/** The encoding by the first bytes alone: a byte order mark, or UTF-16 and UTF-32 by the places of their zeros. */
export function encodingByMarks(
  head: Uint8Array
): 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be' | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  // Before UTF-16, whose mark is the beginning of that of UTF-32.
  const order = sniffUtf32(head)
  if (order !== null) return `utf-32${order}`
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
  return isRatherUtf8(Buffer.from(sample), origin)
    ? { encoding: 'utf-8', certainty: 'sure', choices: [] }
    : guessSingleByte(sample, origin)
}

/** The encoding of bytes that are no UTF-8: one in which each is a character. */
export function guessSingleByte(
  sample: Uint8Array,
  origin: Origin
): EncodingGuess & { encoding: string } {
  const different = rankSingleByte(sample, origin)
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

const MAX_WORDS = 5
const MAX_SHOWN = 100

/** The first words with letters beyond ASCII, as the encoding has them. */
function toChoice({ encoding, text }: { encoding: string; text: string }): EncodingChoice {
  const words = text.split(/[\s,;|"]+/).filter((word) => /[\u0080-\uffff]/.test(word))
  return { encoding, sample: words.slice(0, MAX_WORDS).join(' ').slice(0, MAX_SHOWN) }
}
