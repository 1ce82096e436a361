/** The first bytes of a file, and the whole file with them. */
interface Peeked {
  head: Buffer
  bytes: AsyncIterable<Uint8Array>
}

/** Reads the first `size` bytes of a file, or all of a smaller one. */
export async function peek(bytes: AsyncIterable<Uint8Array>, size: number): Promise<Peeked> {
  const source = bytes[Symbol.asyncIterator]()
  const pieces: Uint8Array[] = []
  let length = 0
  while (length < size) {
    const step = await source.next()
    if (step.done === true) break
    // The stream may use the memory of a piece again.
    pieces.push(Uint8Array.from(step.value))
    length += step.value.length
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* pieces
      for (;;) {
        const step = await source.next()
        if (step.done === true) return
        yield step.value
      }
    } finally {
      await source.return?.()
    }
  }
  return { head: Buffer.concat(pieces), bytes: all() }
}
