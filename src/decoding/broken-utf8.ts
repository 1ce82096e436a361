import type { UnmappedValue } from '../domain/leads/lead.ts'
import { decodeBytes } from './decode-bytes.ts'
import { Repairs } from './repairs.ts'

/** The characters of windows-1252 by their byte. */
const WINDOWS = Array.from(
  decodeBytes(
    Uint8Array.from({ length: 256 }, (_, byte) => byte),
    'windows-1252'
  )
)

export const UTF8_MARK = Buffer.from('\ufeff')

/** So many wrong bytes are no accidents, where fewer are right. */
const MAX_ACCIDENTS = 1000

/**
 * Decodes UTF-8 with wrong bytes in it: each is read as a character of windows-1252, and told. Null where the
 * bytes have no mark of UTF-8 and are rather of another encoding: nothing in them is UTF-8, or more is wrong than right. `Пётр` and `SPÓŁKA`
 * have a character of UTF-8 in the encodings of Windows, so that one does not show that UTF-8 is meant.
 */
export function decodeBrokenUtf8(
  bytes: Buffer,
  isMeant: boolean
): { text: string; repairs: UnmappedValue[] } | null {
  const pieces: string[] = []
  const wrong: { offset: number; byte: number }[] = []
  let sequences = 0
  let start = 0
  let length = 0
  for (let at = 0; at < bytes.length;) {
    const size = sequenceAt(bytes, at)
    if (size > 1) sequences += 1
    if (size === 0) {
      const before = bytes.toString('utf8', start, at)
      const byte = bytes[at] ?? 0
      const character = WINDOWS[byte] ?? ''
      pieces.push(before, character)
      length += before.length
      wrong.push({ offset: length, byte })
      if (wrong.length > MAX_ACCIDENTS && wrong.length > sequences) return null
      length += character.length
      start = at + 1
    }
    at += Math.max(size, 1)
  }
  const isRather =
    sequences > wrong.length || (isMeant && sequences > 0 && sequences === wrong.length)
  if (!isRather && !bytes.subarray(0, UTF8_MARK.length).equals(UTF8_MARK)) return null
  const text = (pieces.join('') + bytes.toString('utf8', start)).replace(/^\ufeff/, '')
  const repairs = new Repairs()
  for (const { offset, byte } of wrong) {
    repairs.add('replaced_byte', offset, `0x${byte.toString(16).toUpperCase()}`)
  }
  return { text, repairs: repairs.describe(text) }
}

/** The number of bytes of the character at a place; 0 where the bytes there are none of UTF-8. */
function sequenceAt(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  const size = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  const second = bytes[at + 1] ?? 0
  const isShort = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90)
  const isBeyond = (first === 0xed && second > 0x9f) || (first === 0xf4 && second > 0x8f)
  if (isShort || isBeyond) return 0
  for (let next = at + 1; next < at + size; next += 1) {
    if (!isContinuation(bytes[next] ?? 0)) return 0
  }
  return size
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf
}
