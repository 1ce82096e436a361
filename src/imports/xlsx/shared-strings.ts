import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'

import { fileFault } from '../file-fault.ts'
import { MAX_CELL, MAX_SHARED_STRINGS, MAX_UNPACKED_BYTES } from '../limits.ts'
import type { Package } from './package.ts'
import { readXml } from './xml.ts'

const BLOCK_BYTES = 16 * 1024
/** The number of blocks in memory: 4 MiB. */
const MAX_BLOCKS = 256

/**
 * The texts of a workbook's cells, by number. A million rows may have millions of them, so they are
 * stored in a file; memory has only the end of each one.
 */
export class SharedStrings {
  readonly #file: FileHandle
  readonly #ends: Uint32Array
  readonly #count: number
  /** Blocks of the file, the one that was used last at the end. */
  readonly #blocks = new Map<number, Buffer>()

  private constructor(file: FileHandle, ends: Uint32Array, count: number) {
    this.#file = file
    this.#ends = ends
    this.#count = count
  }

  /** Writes the texts of a workbook to a new file at `path`. */
  static async spill(parts: Package, part: string | null, path: string): Promise<SharedStrings> {
    const file = await open(path, 'wx+', 0o600)
    try {
      const { ends, count } = part === null ? NONE : await layOut(parts.read(part), file)
      return new SharedStrings(file, ends, count)
    } catch (error) {
      await file.close()
      throw error
    }
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  /** Reads the blocks of these texts, so that `get` can return each text. */
  async fetch(numbers: Iterable<number>): Promise<void> {
    const needed = new Set<number>()
    for (const number of numbers) {
      const { start, end } = this.#spanOf(number)
      for (let at = blockOf(start); at <= blockOf(end); at++) needed.add(at)
    }
    for (const at of needed) {
      const block = this.#blocks.get(at) ?? (await this.#readBlock(at))
      this.#blocks.delete(at)
      this.#blocks.set(at, block)
    }
    const surplus = this.#blocks.size - Math.max(MAX_BLOCKS, needed.size)
    for (const at of [...this.#blocks.keys()].slice(0, Math.max(surplus, 0))) {
      this.#blocks.delete(at)
    }
  }

  /** A text whose block was read; empty: the workbook has no text of this number. */
  get(number: number): string {
    const { start, end } = this.#spanOf(number)
    if (start === end) return ''
    const pieces: Buffer[] = []
    for (let at = blockOf(start); at <= blockOf(end - 1); at++) {
      const from = at * BLOCK_BYTES
      const block = this.#blocks.get(at)
      if (block) pieces.push(block.subarray(Math.max(start - from, 0), end - from))
    }
    const [only] = pieces
    return (pieces.length === 1 && only ? only : Buffer.concat(pieces)).toString('utf8')
  }

  #spanOf(number: number): { start: number; end: number } {
    if (!Number.isInteger(number) || number < 0 || number >= this.#count) {
      return { start: 0, end: 0 }
    }
    return { start: number === 0 ? 0 : (this.#ends[number - 1] ?? 0), end: this.#ends[number] ?? 0 }
  }

  async #readBlock(at: number): Promise<Buffer> {
    const block = Buffer.alloc(BLOCK_BYTES)
    const { bytesRead } = await this.#file.read(block, 0, BLOCK_BYTES, at * BLOCK_BYTES)
    return block.subarray(0, bytesRead)
  }
}

const NONE = { ends: new Uint32Array(0), count: 0 }

function blockOf(position: number): number {
  return Math.floor(position / BLOCK_BYTES)
}

async function layOut(bytes: AsyncIterable<Uint8Array>, file: FileHandle) {
  let ends = new Uint32Array(1024)
  let count = 0
  let position = 0
  let pending: Buffer[] = []
  const add = (text: string): void => {
    if (count === MAX_SHARED_STRINGS) throw fileFault('workbook_too_many_texts')
    const laid = Buffer.from(text)
    position += laid.length
    if (position > MAX_UNPACKED_BYTES) throw fileFault('workbook_too_many_texts')
    if (count === ends.length) ends = grown(ends)
    ends[count++] = position
    pending.push(laid)
  }
  for await (const _ of readXml(bytes, itemHandler(add))) {
    if (pending.length > 0) await file.appendFile(Buffer.concat(pending))
    pending = []
  }
  return { ends, count }
}

function grown(ends: Uint32Array): Uint32Array<ArrayBuffer> {
  const twice = new Uint32Array(ends.length * 2)
  twice.set(ends)
  return twice
}

/** The texts of one item, joined, without their pronunciation. */
function itemHandler(add: (text: string) => void) {
  let text = ''
  let isText = false
  let isPhonetic = false
  return {
    open: (name: string) => {
      if (name === 'si') text = ''
      if (name === 'rPh') isPhonetic = true
      isText = name === 't' && !isPhonetic
    },
    text: (piece: string) => {
      // A cell that is too long stays too long, and is refused for that.
      if (isText && text.length <= MAX_CELL) text += piece.slice(0, 2 * MAX_CELL)
    },
    close: (name: string) => {
      if (name === 'si') add(unescapeText(text))
      if (name === 'rPh') isPhonetic = false
      isText = false
    }
  }
}

/** A workbook writes characters that XML does not allow as `_x000D_`. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16))
  )
}
