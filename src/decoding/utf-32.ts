const WIDTH = 4
const REPLACEMENT = 0xfffd
const MAX_CODE_POINT = 0x10_ffff

/** What is passed to one call of `String.fromCodePoint`: each is an argument. */
const CHUNK = 4_096

/**
 * The text of bytes that are UTF-32, without its mark; null where they are not. No decoder of the platform has it.
 * What is no character becomes U+FFFD, as in UTF-16.
 */
export function decodeUtf32(bytes: Buffer): string | null {
  const order = sniffUtf32(bytes)
  if (order === null) return null
  const points = Array.from({ length: Math.ceil(bytes.length / WIDTH) }, (_, index) => {
    const at = index * WIDTH
    if (at + WIDTH > bytes.length) return REPLACEMENT
    return characterOf(order === 'le' ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  })
  const texts: string[] = []
  for (let at = 0; at < points.length; at += CHUNK) {
    texts.push(String.fromCodePoint(...points.slice(at, at + CHUNK)))
  }
  return texts.join('').replace(/^\ufeff/, '')
}

/** UTF-32 shows in its mark or, without one, in the zeros beside the first two ASCII characters. */
export function sniffUtf32(bytes: Uint8Array): 'le' | 'be' | null {
  const zeros = Array.from(bytes.subarray(0, 2 * WIDTH), (byte) => (byte === 0 ? '0' : 'x')).join(
    ''
  )
  const [first, second, third, fourth] = bytes
  const isMark = (high: number | undefined, low: number | undefined) =>
    high === 0xfe && low === 0xff
  if (zeros.startsWith('xx00') && isMark(second, first)) return 'le'
  if (zeros.startsWith('00xx') && isMark(third, fourth)) return 'be'
  if (zeros === 'x000x000') return 'le'
  return zeros === '000x000x' ? 'be' : null
}

function characterOf(point: number): number {
  const isSurrogate = point >= 0xd800 && point <= 0xdfff
  return isSurrogate || point > MAX_CODE_POINT ? REPLACEMENT : point
}
