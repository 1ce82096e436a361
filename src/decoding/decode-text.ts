import type { UnmappedValue } from '../domain/leads/lead.ts'
import { decodeBytes } from './decode-bytes.ts'
import { UTF8_MARK, decodeBrokenUtf8, sampleOf } from './broken-utf8.ts'
import { decodeAll } from './decoders.ts'
import { guessSingleByte } from './encoding.ts'
import { ANYWHERE } from './plausibility.ts'
import { decodeUtf32 } from './utf-32.ts'
import type { Origin } from './plausibility.ts'

/** The text of a posted body, and what was changed or passed over to read it. */
export interface DecodedText {
  text: string
  repairs: UnmappedValue[]
}

/** Labels that say less than they seem: mail software writes them without looking at the bytes. */
const MEANINGLESS_LABELS = ['us-ascii', 'ascii']

/** Whether the charset of a message says nothing of its bytes. */
export function isMeaninglessLabel(label: string): boolean {
  return MEANINGLESS_LABELS.includes(label.toLowerCase())
}

/** Encodings in which two bytes of a character may look like UTF-8: their label is believed. */
const MULTI_BYTE_LABEL = /^(?:gb|big5|euc-|shift|sjis|ms_kanji|windows-31j|iso-2022|ks_c|x-sjis)/

/**
 * Decodes the bytes of a posted body of any kind. Its byte order mark is believed first, then bytes that are UTF-8 beyond
 * doubt, then the charset of the message, then its declaration. Wrong bytes in UTF-8 are read in
 * the dealer's encoding of Windows and told; what is no UTF-8 at all and has no usable label is in the encoding in which it is most
 * plausible at the dealer, as a list is, and that is told too.
 *
 * Everything after this works on text of any charset, so none of them hides a DOCTYPE.
 */
export function decodeText(
  bytes: Buffer,
  charset?: string,
  origin: Origin = ANYWHERE
): DecodedText {
  const wide = decodeWide(bytes)
  if (wide !== null) return { text: wide, repairs: [] }
  const label = labelOf(charset) ?? labelOf(declaredEncoding(bytes))
  const hasMark = bytes.subarray(0, 3).equals(UTF8_MARK)
  if (!hasMark && label !== null && MULTI_BYTE_LABEL.test(label)) {
    const text = decodeAs(bytes, label)
    if (text !== null) return { text, repairs: [] }
  }
  const utf8 = decodeAs(bytes, 'utf-8')
  if (utf8 !== null)
    return { text: utf8, repairs: contradicted(bytes, statedAs(label, charset, bytes)) }
  const isUtf8Meant = hasMark || label === null || label === 'utf-8'
  const broken = decodeBrokenUtf8(bytes, isUtf8Meant, origin)
  if (broken) return broken
  const text = isUtf8Meant ? null : decodeAs(bytes, label)
  const { encoding, certainty } = guessSingleByte(sampleOf(bytes), origin)
  if (text !== null && !(isMisread(text) && certainty === 'sure' && encoding !== label))
    return { text, repairs: [] }
  if (text !== null)
    return { text: decodeAll(bytes, encoding), repairs: contradicted(bytes, label) }
  return {
    text: decodeAll(bytes, encoding),
    repairs: [{ path: 'document', text: encoding, code: 'charset_guessed' }]
  }
}

/** The text of bytes that are UTF-16 or UTF-32 by their mark or their zeros; null: they are something else. */
export function decodeWide(bytes: Buffer): string | null {
  // Before UTF-16, whose mark is the beginning of that of UTF-32.
  const utf32 = decodeUtf32(bytes)
  if (utf32 !== null) return utf32
  const utf16 = sniffUtf16(bytes)
  return utf16 === null ? null : decodeBytes(bytes, utf16)
}

/** Signs within words, and controls: another encoding has letters there, as in `£ukasz ¯ó³æ`. */
const MISREAD = /[\u0080-\u009f]|[£¤¥¦¨¬¯±²³´µ¶¸¹¼½¾](?=\p{Ll})|\p{L}[£¤¥¦¨¬¯±²³´µ¶¸¹¼½¾¿]\p{L}/u

function isMisread(text: string): boolean {
  return MISREAD.test(text)
}

/** The label that is told where it is wrong: a usable one, or what was stated in its place. */
function statedAs(label: string | null, charset: string | undefined, bytes: Buffer): string | null {
  if (label !== null) return label
  const stated = (charset ?? declaredEncoding(bytes) ?? '').trim().toLowerCase()
  return stated === '' ? null : stated.slice(0, MAX_LABEL)
}

const MAX_LABEL = 40

/** A label that names another encoding is told, where the bytes say that it is wrong. */
function contradicted(bytes: Buffer, label: string | null): UnmappedValue[] {
  if (label === null || label === 'utf-8' || !bytes.some((byte) => byte > 0x7f)) return []
  return [{ path: 'document', text: label, code: 'charset_contradicted' }]
}

/** The name of the encoding as decoders know it; null for one that is unknown, or says nothing. */
function labelOf(given: string | null | undefined): string | null {
  const name = (given ?? '')
    .trim()
    .replace(/^["']|["']$/g, '')
    .toLowerCase()
  // Without zeros and marks the bytes are not UTF-16, even under its label.
  if (name === '' || isMeaninglessLabel(name) || name.startsWith('utf-16')) return null
  try {
    return new TextDecoder(name).encoding
  } catch {
    return null
  }
}

function decodeAs(bytes: Buffer, label: string): string | null {
  try {
    return decodeBytes(bytes, label, true)
  } catch {
    return null
  }
}

/** UTF-16 shows in its mark or, without one, in the zeros beside the first two ASCII characters. */
function sniffUtf16(bytes: Buffer): string | null {
  const [first, second, third, fourth] = bytes
  if ((first === 0xff && second === 0xfe) || (second === 0 && fourth === 0)) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && third === 0)) return 'utf-16be'
  return null
}

/** A declaration that can be read byte by byte is not UTF-16, even if it says so. */
function declaredEncoding(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 1024).toString('latin1')
  return /<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(head)?.[1] ?? null
}
