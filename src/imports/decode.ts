import { isAscii } from 'node:buffer'

import type { EncodingGuess } from '../domain/imports/import.ts'
import { createDecoder } from '../decoding/decoders.ts'
import { encodingByMarks, guessEncoding } from '../decoding/encoding.ts'
import { SAMPLE_BYTES } from './limits.ts'
import type { Origin } from '../decoding/plausibility.ts'

/** Bytes as text, and how they turned out to be written. */
interface Decoded {
  text: AsyncIterable<string>
  /** Known once the text has been read; until then what is known so far. */
  encoding: () => string
  /** How sure that is; null: it was named, or nothing had to be guessed. */
  guess: () => EncodingGuess | null
}

/**
 * Decodes a file piece by piece. Which of the encodings that agree on ASCII it is, is decided where it
 * first matters: at the first byte that is none, by what follows there.
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

/** What is there and what follows, until it is enough to judge by. */
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

/** Line ends of all systems as one: `\n`. What may be half of one waits for its other half. */
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
