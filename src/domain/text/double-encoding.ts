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

/**
 * The text that was meant, where UTF-8 was taken for latin1 or windows-1252 and encoded again: `ZaÅ¼Ã³Å‚Ä‡` is
 * `Zażółć`. Only where all of it can be turned back; any other text is returned as it is.
 */
export function withoutDoubleEncoding(text: string): string {
  let read = text
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = turnedBack(read)
    if (before === null) break
    read = before
  }
  return read
}

function turnedBack(text: string): string | null {
  if (!SIGN_OF_PAIR.test(text) || !SIGN_OF_PAIR.test(text.replace(TYPOGRAPHIC, ''))) return null
  const bytes: number[] = []
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0
    const byte = code < 0x100 ? code : BYTES.get(sign)
    if (byte === undefined) return null
    bytes.push(byte)
  }
  const read = decoded(Uint8Array.from(bytes))
  return read === null || UNLIKELY.test(read) ? null : read
}

/** Control characters, and those that no script has. */
const UNLIKELY = /[\p{Cn}\p{Co}\p{Cs}\u0080-\u009f]/u

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
