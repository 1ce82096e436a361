import { posix } from 'node:path'
import yauzl from 'yauzl'

import { fileFault } from '../file-fault.ts'
import type { FileFault } from '../file-fault.ts'
import { MAX_UNPACKED_BYTES } from '../limits.ts'

/** The maximum number of parts: no workbook has more. */
const MAX_PARTS = 10_000

/** The parts of a workbook's file, by their paths without a slash before them. */
export class Package {
  readonly #zip: yauzl.ZipFile
  readonly #parts: ReadonlyMap<string, yauzl.Entry>

  private constructor(zip: yauzl.ZipFile, parts: ReadonlyMap<string, yauzl.Entry>) {
    this.#zip = zip
    this.#parts = parts
  }

  /** Lists the parts of the file. The file stays open; the caller closes it. */
  static async open(descriptor: number): Promise<Package> {
    const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
      const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true }
      yauzl.fromFd(descriptor, options, (error, opened) => {
        if (error) reject(fileFault('not_xlsx'))
        else resolve(opened)
      })
    })
    if (zip.entryCount > MAX_PARTS) throw fileFault('workbook_too_many_parts')
    return new Package(zip, await listParts(zip))
  }

  has(path: string): boolean {
    return this.#parts.has(path.toLowerCase())
  }

  /** The bytes of a part. A reader that stops before its end closes it. */
  async *read(path: string): AsyncGenerator<Buffer> {
    const entry = this.#parts.get(path.toLowerCase())
    if (!entry) throw fileFault('workbook_part_missing', { part: path })
    const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
      this.#zip.openReadStream(entry, (error, opened) => {
        if (error) reject(brokenPart())
        else resolve(opened)
      })
    })
    try {
      for await (const piece of stream) yield piece as Buffer
    } catch {
      throw brokenPart()
    }
  }
}

function brokenPart(): FileFault {
  return fileFault('workbook_part_damaged')
}

async function listParts(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  const parts = new Map<string, yauzl.Entry>()
  let unpackedBytes = 0
  await new Promise<void>((resolve, reject) => {
    zip.on('error', () => {
      reject(fileFault('not_xlsx'))
    })
    zip.on('end', resolve)
    zip.on('entry', (entry: yauzl.Entry) => {
      unpackedBytes += entry.uncompressedSize
      // The stated size of a part is checked while it is read.
      if (unpackedBytes > MAX_UNPACKED_BYTES) {
        reject(fileFault('workbook_too_large', { limitGib: 4 }))
        return
      }
      // Part names are compared without regard to case.
      parts.set(entry.fileName.toLowerCase(), entry)
      zip.readEntry()
    })
    zip.readEntry()
  })
  return parts
}

/** The path of a part that the relations of another part name. */
export function resolvePart(from: string, target: string): string {
  const path = target.startsWith('/') ? target : posix.join(posix.dirname(from), target)
  return posix.normalize(path).replace(/^\/+/, '')
}

/** The path of the relations of a part. */
export function relationsPath(part: string): string {
  return posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`)
}
