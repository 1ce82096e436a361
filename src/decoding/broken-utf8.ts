import type { UnmappedValue } from '../domain/leads/lead.ts'
import { decodeBytes } from './decode-bytes.ts'
import type { Origin } from './plausibility.ts'
import { plausibilityInAny, rankSingleByte, windowsPageOf } from './rank-encodings.ts'
import { Repairs } from './repairs.ts'

export const UTF8_MARK = Buffer.from('\ufeff')

/** So many wrong bytes are no accidents, where fewer are right. */
const MAX_ACCIDENTS = 1000

/** How much of a text is looked at to judge it. */
const SAMPLE_BYTES = 64 * 1024

interface WrongByte {
  at: number
  byte: number
}

/** The wrong bytes of UTF-8, and how many characters of several bytes are right. */
interface Walked {
  wrong: WrongByte[]
  sequences: number
  /** Those of usual letters and signs: others are in texts of single bytes by chance. */
  usual: number
}

/**
 * Decodes UTF-8 with wrong bytes in it: each is read as a character of the dealer's encoding of Windows, or of
 * another where that is more plausible, and told. Null where the bytes have no mark of UTF-8 and are rather
 * of another encoding: nothing in them is UTF-8, or the text is more plausible as one of single bytes. `Пётр` and
 * `SPÓŁKA` have a character of UTF-8 in the encodings of Windows, so that one does not show that UTF-8 is meant.
 */
export function decodeBrokenUtf8(
  bytes: Buffer,
  isMeant: boolean,
  origin: Origin
): { text: string; repairs: UnmappedValue[] } | null {
  const walked = walk(bytes)
  const hasMark = bytes.subarray(0, UTF8_MARK.length).equals(UTF8_MARK)
  if (!walked || (!hasMark && !isUtf8Meant(bytes, walked, isMeant, origin))) return null
  const { page } = likeliest(bytes, walked, origin)
  const { text, offsets } = compose(bytes, walked.wrong, page)
  const plain = text.replace(/^\ufeff/, '')
  const repairs = new Repairs()
  walked.wrong.forEach(({ byte }, index) => {
    const offset = Math.max((offsets[index] ?? 0) - (text.length - plain.length), 0)
    repairs.add('replaced_byte', offset, `0x${byte.toString(16).toUpperCase()}`)
  })
  return { text: plain, repairs: repairs.describe(plain) }
}

/** Whether bytes that are not all UTF-8 are rather that than an encoding of single bytes. */
export function isRatherUtf8(sample: Buffer, origin: Origin): boolean {
  if (walk(withoutOpenEnd(sample))?.wrong.length === 0) return true
  const walked = walk(sample)
  return walked !== null && isUtf8Meant(sample, walked, true, origin)
}

/** A sample may end within a character, which is not wrong then. */
function withoutOpenEnd(sample: Buffer): Buffer {
  const lead = sample.subarray(-3).findLastIndex((byte) => byte >= 0xc2)
  if (lead === -1) return sample
  const start = Math.max(sample.length - 3, 0) + lead
  const first = sample[start] ?? 0
  const size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  const isOpen = sample.length - start < size && sample.subarray(start + 1).every(isContinuation)
  return isOpen ? sample.subarray(0, start) : sample
}

function isUtf8Meant(bytes: Buffer, walked: Walked, isMeant: boolean, origin: Origin): boolean {
  const { sequences, usual, wrong } = walked
  if (sequences > wrong.length || (isMeant && usual > 0 && usual >= wrong.length)) return true
  if (!isMeant || sequences === 0) return false
  const [single] = rankSingleByte(sampleOf(bytes), origin)
  return single === undefined || likeliest(bytes, walked, origin).score >= single.score
}

/** The page in which the wrong bytes are most plausible, that of the dealer before others. */
function likeliest(bytes: Buffer, { wrong }: Walked, origin: Origin) {
  const start = startOf(bytes)
  const sample = sampleOf(bytes)
  const inSample = wrong.flatMap(({ at, byte }) =>
    at >= start && at < start + sample.length ? [{ at: at - start, byte }] : []
  )
  const own = windowsPageOf(origin)
  const scored = [...new Set([own, 'windows-1252', 'windows-1250'])].map((page) => {
    const { text } = compose(sample, inSample, page)
    return { page, score: plausibilityInAny(text, origin) }
  })
  // Another than that of the dealer is read only where it is clearly better.
  return scored.reduce((best, one) => (one.score > best.score + CLEARLY ? one : best))
}

const CLEARLY = 1

/** From the word on in which the first byte is that is not ASCII. */
export function sampleOf(bytes: Buffer): Buffer {
  const start = startOf(bytes)
  return bytes.subarray(start, start + SAMPLE_BYTES)
}

function startOf(bytes: Buffer): number {
  const first = bytes.findIndex((byte) => byte > 0x7f)
  return Math.max(Math.min(bytes.lastIndexOf(0x20, first) + 1, first), 0)
}

/** Null: more bytes are wrong than right, and too many to be accidents. */
function walk(bytes: Buffer): Walked | null {
  const wrong: WrongByte[] = []
  let [sequences, usual] = [0, 0]
  for (let at = 0; at < bytes.length;) {
    const size = sequenceAt(bytes, at)
    if (size > 1) sequences += 1
    if (size > 1 && isUsual(bytes[at] ?? 0, bytes[at + 1] ?? 0)) usual += 1
    if (size === 0) wrong.push({ at, byte: bytes[at] ?? 0 })
    if (wrong.length > MAX_ACCIDENTS && wrong.length > sequences) return null
    at += Math.max(size, 1)
  }
  return { wrong, sequences, usual }
}

/** Letters of Latin, Greek and Cyrillic, signs of print and emojis, by their first two bytes. */
function isUsual(first: number, second: number): boolean {
  if (first === 0xcf || first === 0xd1) return second < (first === 0xcf ? 0x8f : 0xa0)
  return [0xc2, 0xc3, 0xc4, 0xc5, 0xce, 0xd0, 0xe2, 0xf0].includes(first)
}

/** The text with the wrong bytes as characters of `page`, and their offsets in it. */
function compose(bytes: Buffer, wrong: readonly WrongByte[], page: string) {
  const characters = charactersOf(page)
  const pieces: string[] = []
  const offsets: number[] = []
  let start = 0
  let length = 0
  for (const { at, byte } of wrong) {
    const before = bytes.toString('utf8', start, at)
    const character = characters[byte] ?? ''
    pieces.push(before, character)
    offsets.push(length + before.length)
    length += before.length + character.length
    start = at + 1
  }
  return { text: pieces.join('') + bytes.toString('utf8', start), offsets }
}

/** The characters of a page by their byte. */
function charactersOf(page: string): string[] {
  const known = CHARACTERS.get(page)
  if (known) return known
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  const characters = Array.from(decodeBytes(all, page))
  CHARACTERS.set(page, characters)
  return characters
}

const CHARACTERS = new Map<string, string[]>()

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
