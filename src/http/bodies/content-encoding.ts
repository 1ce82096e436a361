import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import { promisify } from 'node:util'

import { problems } from '../problems.ts'

const DECODERS = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress)
} as const

/** Encodings that a capture may have. */
export const CONTENT_ENCODINGS = Object.keys(DECODERS)

/** The bytes of a body without its `Content-Encoding`, as long as they are not more than `limit`. */
export async function withoutEncoding(
  bytes: Buffer,
  header: string | undefined,
  limit: number
): Promise<Buffer> {
  const encoding = encodingOf(header)
  if (encoding === null) return bytes
  const decode = Object.entries(DECODERS).find(([name]) => name === encoding)?.[1]
  if (!decode) throw unsupportedEncoding(encoding, CONTENT_ENCODINGS)
  try {
    return await decode(bytes, { maxOutputLength: limit })
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') {
      throw problems.payloadTooLarge(`The body is larger than ${limit} bytes without its encoding.`)
    }
    throw problems.badRequest(`The body is not in the encoding ${encoding} that the request names.`)
  }
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
