import jsQR from 'jsqr'
import { PNG } from 'pngjs'

/** What a reader of QR codes sees on a PNG, or null: no code. */
export function decodeQr(bytes: Buffer): string | null {
  const { data, width, height } = PNG.sync.read(bytes)
  return readCode(data, width, height)
}

function readCode(data: Uint8Array, width: number, height: number): string | null {
  // A reader sees more than the code: white paper around it.
  const edge = 40
  const [wide, high] = [width + 2 * edge, height + 2 * edge]
  const paper = new Uint8ClampedArray(wide * high * 4).fill(255)
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * width * 4, (y + 1) * width * 4)
    paper.set(row, ((y + edge) * wide + edge) * 4)
  }
  return jsQR.default(paper, wide, high)?.data ?? null
}
