import {
  brotliDecompress,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  gunzip,
  inflate
} from 'node:zlib'
import { promisify } from 'node:util'

import { problems } from '../problems.ts'

const GZIP = { whole: promisify(gunzip), inPieces: () => createGunzip() }
const DECODERS = {
  gzip: GZIP,
  'x-gzip': GZIP,
  deflate: { whole: promisify(inflate), inPieces: () => createInflate() },
  br: { whole: promisify(brotliDecompress), inPieces: () => createBrotliDecompress() }
} as const

/** Encodings that a capture or a file may have. */
export const CONTENT_ENCODINGS = Object.keys(DECODERS)

/**
 * The bytes of a body without its `Content-Encoding`, as long as they are not more than `limit`. Some senders name an
 * encoding that the body has not, or the one of its characters, and others name none for gzip.
 */
export async function withoutEncoding(
  bytes: Buffer,
  header: string | undefined,
  limit: number
): Promise<Buffer> {
  const encoding = encodingOf(header) ?? (bytes.indexOf(GZIP_MAGIC) === 0 ? 'gzip' : null)
  if (encoding === null) return bytes
  if (!CONTENT_ENCODINGS.includes(encoding) && isPlainText(bytes)) return bytes
  const { whole } = decoderOf(encoding)
  try {
    return await whole(bytes, { maxOutputLength: limit })
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') {
      throw problems.payloadTooLarge(`The body is larger than ${limit} bytes without its encoding.`)
    }
    if (isPlainText(bytes)) return bytes
    throw problems.badRequest(`The body is not in the encoding ${encoding} that the request names.`)
  }
}

/** The first two bytes of gzip (RFC 1952). */
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b])

/** Whether bytes begin as a text does: compressed ones soon have a control character. */
function isPlainText(bytes: Buffer): boolean {
  return !/[\u0000-\u0008\u000e-\u001f]/.test(bytes.toString('latin1', 0, 2_000))
}

/** What decodes a body of this `Content-Encoding`: at once, or as a stream. */
export function decoderOf(encoding: string): (typeof DECODERS)[keyof typeof DECODERS] {
  const decoder = Object.entries(DECODERS).find(([name]) => name === encoding)?.[1]
  if (!decoder) throw unsupportedEncoding(encoding, CONTENT_ENCODINGS)
  return decoder
}

/** The encoding that a header names; null: none, or one that changes nothing. */
export function encodingOf(header: string | undefined): string | null {
  const name = (header ?? '').trim().toLowerCase()
  return name === '' || name === 'identity' ? null : name
}

export function unsupportedEncoding(encoding: string, known: readonly string[]) {
  const accepted = known.length === 0 ? 'Send the body without it.' : `Send ${known.join(', ')}.`
  return problems.unsupportedMediaType(
    `The Content-Encoding ${encoding.slice(0, 40)} is not accepted. ${accepted}`
  )
}
