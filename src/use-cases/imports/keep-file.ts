import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'

import type { Database, Transaction } from '../../database/client.ts'
import { fileFault } from '../../imports/file-fault.ts'
import {
  findFilePiece,
  insertFilePiece,
  removeImportFile
} from '../../repositories/imports/import-files.ts'
import { lockImport } from '../../repositories/imports/import-state.ts'

const compress = promisify(deflate)
const expand = promisify(inflate)

/** A piece of a file before it is compressed. */
const PIECE_BYTES = 1024 ** 2

/** A file that is larger when it is compressed is not kept: it must be uploaded again to be read otherwise. */
const MAX_KEPT_BYTES = 64 * 1024 ** 2

/** A file on its way in that is kept, compressed piece by piece, until its import begins. */
interface KeptFile {
  bytes: AsyncIterable<Uint8Array>
  /** Known when the bytes have been read. */
  isTooLarge: () => boolean
}

/** Keeps the bytes of an upload while they are read. Each piece has its own transaction. */
export function keepFile(
  db: Database,
  { dealerId, importId }: { dealerId: string; importId: string },
  given: AsyncIterable<Uint8Array>
): KeptFile {
  let waiting: Uint8Array[] = []
  let size = 0
  let kept = 0
  let number = 0
  let isTooLarge = false

  async function store(): Promise<void> {
    const piece = await compress(Buffer.concat(waiting), { level: 3 })
    waiting = []
    size = 0
    kept += piece.length
    isTooLarge = kept > MAX_KEPT_BYTES
    await db.transaction(dealerId, async (tx) => {
      const stored = await lockImport(tx, importId)
      if (stored?.state !== 'receiving') throw fileFault('import_being_removed')
      if (isTooLarge) await removeImportFile(tx, importId)
      else await insertFilePiece(tx, importId, { number: number + 1, piece })
    })
    number += 1
  }

  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const piece of given) {
      if (!isTooLarge) {
        // The stream may use the memory of a piece again.
        waiting.push(Uint8Array.from(piece))
        size += piece.length
        if (size >= PIECE_BYTES) await store()
      }
      yield piece
    }
    if (size > 0 && !isTooLarge) await store()
  }
  return { bytes: bytes(), isTooLarge: () => isTooLarge }
}

/** The bytes of a kept file. */
export async function* keptBytes(tx: Transaction, importId: string): AsyncGenerator<Uint8Array> {
  for (let number = 1; ; number++) {
    const piece = await findFilePiece(tx, importId, number)
    if (!piece) return
    yield await expand(piece)
  }
}
