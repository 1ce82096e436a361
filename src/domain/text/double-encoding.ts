import { CODE_PAGES } from './code-pages.ts'
import { withoutTransferEncoding } from './transfer-encoding.ts'

/** What windows-1252 has where latin1 has control characters, by its bytes from 0x80 on; a blank: nothing. */
const HIGH = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

const BYTES = new Map(
  Array.from(HIGH, (sign, at): [string, number] => [sign, 0x80 + at]).filter(
    ([sign]) => sign !== ' '
  )
)

/** The beginning of a character of UTF-8 that was read as latin1 or windows-1252. */
const SIGN_OF_PAIR = /[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/u

/** Marks that also stand behind a capital in real texts: `JÄ…`, `„Ä“`. Alone they say nothing, unless a word goes on. */
const TYPOGRAPHIC = /[\u00c2-\u00f4][‚„…‘’“”•–—](?!\p{Ll})/gu

const MAX_ROUNDS = 2

/** Encoded three times: what controls there were has been taken out on the way, most likely that of a letter. */
const WITHOUT_CONTROL = /\u00c3(?=\u00c2[\u00a0-\u00bf])/g

/**
 * The text that was meant, where UTF-8 was taken for an encoding of single bytes and encoded again: `ZaÅ¼Ã³Å‚Ä‡` is
 * `Zażółć`, and so is `ZaĹĽĂłĹ‚Ä‡`. Encodings of mails and addresses of pages are read too. Only where all of it can be turned back; any other text is returned as it is.
 */
export function withoutDoubleEncoding(given: string): string {
  const text = withoutTransferEncoding(given)
  if (!/[\u0080-\uffff]/.test(text)) return text
  const whole = text.replace(WITHOUT_CONTROL, '\u00c3\u0083')
  const first = turnedBack(whole)
  if (first === null) return text
  let read = first
  for (let round = 1; round < MAX_ROUNDS; round += 1) {
    const before = turnedBack(read)
    // What was put in for a lost character must lead to a letter.
    if (before === null) return whole === text ? read : text
    read = before
  }
  return read
}

function turnedBack(text: string): string | null {
  return turnedBackFromWestern(text) ?? turnedBackFromOthers(text)
}

function turnedBackFromWestern(text: string): string | null {
  if (!SIGN_OF_PAIR.test(text) || !SIGN_OF_PAIR.test(text.replace(TYPOGRAPHIC, ''))) return null
  const read = readAs(text, (sign) => {
    const code = sign.codePointAt(0) ?? 0
    return code < 0x100 ? code : BYTES.get(sign)
  })
  return read === null || UNLIKELY.test(read) ? null : read
}

/** The other encodings are less likely, and real texts of their languages come closer to such pairs. */
function turnedBackFromOthers(text: string): string | null {
  if (!/[^\u0000-\u007f]{2}/.test(text)) return null
  for (const page of CODE_PAGES) {
    const byteOf = (sign: string) => (sign < '\u0080' ? sign.charCodeAt(0) : page.get(sign))
    const read = readAs(text, byteOf)
    if (read !== null && isMeant(read) && areStrange(text, byteOf)) return read
  }
  return null
}

function readAs(text: string, byteOf: (sign: string) => number | undefined): string | null {
  const bytes: number[] = []
  for (const sign of text) {
    const byte = byteOf(sign)
    if (byte === undefined) return null
    bytes.push(byte)
  }
  return decoded(Uint8Array.from(bytes))
}

/** Letters and signs of the languages that people here write in. */
const USUAL =
  /^(?:[\u0000-\u007f\u00a0-\u0107\u010a-\u0113\u0116-\u011b\u011e-\u0123\u0126-\u012b\u012e-\u0133\u0136\u0137\u0139-\u0148\u014a-\u014d\u0150-\u015b\u015e-\u016b\u016e-\u017f\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u0386-\u03ce\u0400-\u045f\u0490\u0491\u1ea0-\u1ef9\u2010-\u2026\u20ac\u2116\u2122\ufe0f]|\p{Extended_Pictographic})*$/u
/** A capital within a word, or a small letter between capitals, and two scripts in one word. */
const MISSHAPEN =
  /\p{Ll}(?![A-Z])\p{Lu}|\p{Lu}(?![a-z])\p{Ll}\p{Lu}|(?![\p{Script=Latin}])\p{L}\p{Script=Latin}|\p{Script=Latin}(?![\p{Script=Latin}])\p{L}/u

function isMeant(read: string): boolean {
  const letters = read.match(/[^\u0000-\u007f]/gu) ?? []
  const areOther = letters.every((letter) => /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(letter))
  return USUAL.test(read) && !MISSHAPEN.test(read) && (letters.length > 1 || !areOther)
}

/** Quotes and dashes stand behind letters in real texts too. */
const USUAL_BEHIND = /^[‘’“”«»‹›–—…]$/

/** Whether some character of the pairs stands where none does in a text of people. */
function areStrange(text: string, byteOf: (sign: string) => number | undefined): boolean {
  if (/(?:[–—][^\u0000-\u007f]){2}/.test(text)) return true
  const signs = Array.from(text)
  return signs.some((sign, at) => {
    const [before = '', after = ''] = [signs[at - 1], signs[at + 1]]
    if (sign < '\u0080' || (byteOf(before) ?? 0) > 0xf4) return false
    if (/\p{Script=Cyrillic}/u.test(sign) && /\p{Script=Latin}/u.test(before + after)) return true
    // Hardly a name has one, and none before such a letter.
    if (sign === 'Ĺ' && after > '\u007f') return true
    // Letters of different languages: `JĂłzef` is Józef.
    if (sign === 'Ă' && /[łĽľź]/.test(after)) return true
    const isLead = (byteOf(sign) ?? 0) >= 0xc2
    if (isLead && !/\p{L}/u.test(sign)) return !USUAL_BEHIND.test(sign)
    if (isLead) return /\p{Lu}/u.test(sign) && /\p{Ll}/u.test(before)
    if (/\p{L}/u.test(sign)) return /\p{Ll}/u.test(before) && /\p{Lu}/u.test(sign)
    return /\p{L}/u.test(before) && (!USUAL_BEHIND.test(sign) || /\p{Ll}/u.test(after))
  })
}

/** Control characters, those that no script has, and letters of Latin that hardly a language has: `BÉŽ` is no `BɎ`. */
const UNLIKELY =
  /[\p{Cn}\p{Co}\p{Cs}\u0080-\u009f\u0180-\u019f\u01a2-\u01ae\u01b1-\u0217\u021c-\u02af]/u

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
