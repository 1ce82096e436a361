import { isAscii } from 'node:buffer'

import type { EncodingGuess } from '../domain/imports/import.ts'
import { createDecoder } from '../decoding/decoders.ts'
import { encodingByMarks, guessEncoding } from '../decoding/encoding.ts'
import { SAMPLE_BYTES } from './limits.ts'
import type { Origin } from '../decoding/plausibility.ts'

/** Bytes as text, and the encoding that was found. */
interface Decoded {
  text: AsyncIterable<string>
  /** Final when the text has been read; until then the guess so far. */
  encoding: () => string
  /** The certainty of the guess; null: the encoding was named, or no guess was needed. */
  guess: () => EncodingGuess | null
}

/**
 * Decodes a file piece by piece. The choice between encodings that agree on ASCII is made at the first
 * byte that is not ASCII, by the text that follows.
 */
export function decode(
  bytes: AsyncIterable<Uint8Array>,
  { encoding: named, origin }: { encoding: string | null; origin: Origin }
): Decoded {
  let encoding = named ?? 'utf-8'
  let guess: EncodingGuess | null = null

  async function* text(): AsyncGenerator<string> {
    const source = bytes[Symbol.asyncIterator]()
    try {
      let piece: Buffer | null = await take(source, Buffer.alloc(0))
      const marked = named ?? encodingByMarks(piece)
      if (marked === null) {
        while (piece !== null && isAscii(piece)) {
          yield piece.toString('latin1')
          piece = await next(source)
        }
        if (piece === null) return
        piece = await take(source, piece)
        const { encoding: found, certainty, choices } = guessEncoding(piece, origin)
        encoding = found
        guess = { certainty, choices }
      } else {
        encoding = marked
      }
      const decoder = createDecoder(encoding)
      while (piece !== null) {
        yield decoder.decode(piece)
        piece = await next(source)
      }
      yield decoder.end()
    } finally {
      await source.return?.()
    }
  }
  return { text: text(), encoding: () => encoding, guess: () => guess }
}

async function next(source: AsyncIterator<Uint8Array>): Promise<Buffer | null> {
  const step = await source.next()
  if (step.done === true) return null
  const { buffer, byteOffset, byteLength } = step.value
  return Buffer.from(buffer, byteOffset, byteLength)
}

/** Collects the next pieces until the sample is large enough. */
async function take(source: AsyncIterator<Uint8Array>, first: Buffer): Promise<Buffer> {
  const pieces = [first]
  let length = first.length
  while (length < SAMPLE_BYTES) {
    const piece = await next(source)
    if (piece === null) break
    pieces.push(piece)
    length += piece.length
  }
  return Buffer.concat(pieces)
}

/** Line ends of all systems as one: `\n`. A piece that may be half of one waits for the next piece. */
export async function* withPlainLineEnds(text: AsyncIterable<string>): AsyncGenerator<string> {
  let open = ''
  for await (const piece of text) {
    const whole = open + piece
    open = whole.endsWith('\r') ? '\r' : ''
    const closed = open === '' ? whole : whole.slice(0, -1)
    yield closed.includes('\r') ? closed.replace(/\r\n?/g, '\n') : closed
  }
  if (open !== '') yield '\n'
}
