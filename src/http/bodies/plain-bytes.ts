import { decodeWide } from '../../decoding/decode-text.ts'
import type { UnmappedValue } from '../../domain/leads/lead.ts'
import type { ReadBody } from './body-kinds.ts'
import { ADF_TAG } from './json-in-text.ts'
import { isTypeOfLeads, mediaTypeOf } from './media-types.ts'

/** A body in UTF-16 or UTF-32 as the same in UTF-8: what tells its kind is looked for byte by byte. */
export function inUtf8(bytes: Buffer, contentType: string): { bytes: Buffer; contentType: string } {
  const text = decodeWide(bytes)
  if (text === null) return { bytes, contentType }
  const type = contentType.replace(/;\s{0,9}charset="?[\w-]{1,40}"?/gi, '')
  return { bytes: Buffer.from(text), contentType: `${type}; charset=utf-8` }
}

/** So many NULs are slips of programs whose texts end with one; more are bytes of a file. */
const MAX_NULS = 100

const TOLD: UnmappedValue = { path: '', text: '\u2400', code: 'replaced_character' }

/**
 * The bytes of a text with blanks for its NULs, which no person writes and PostgreSQL does not store; null where it has
 * none. Those of files in forms are theirs, and ADF tells where each was.
 */
export function withoutNuls(bytes: Buffer, contentType: string): Buffer | null {
  if (!bytes.includes(0) || !isTypeOfLeads(contentType)) return null
  if (mediaTypeOf(contentType).startsWith('multipart/')) return null
  const text = bytes.toString('latin1')
  const pieces = text.split('\0')
  if (pieces.length > MAX_NULS || ADF_TAG.test(text)) return null
  return Buffer.from(pieces.join(' ').trim(), 'latin1')
}

/** What was read, with a word on its NULs; null: it is a document, or can't be read. */
export function withNulsTold(read: ReadBody): ReadBody | null {
  const { posted } = read
  switch (posted.kind) {
    case 'document':
    case 'unreadable':
      return null
    case 'form':
    case 'json':
    case 'several':
      return { ...read, posted: { ...posted, repairs: [TOLD, ...posted.repairs] } }
  }
}
