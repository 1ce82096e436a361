import { mkdtemp, open, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An uploaded file, in a directory of its own for files that are made from it. */
export interface SpooledFile {
  handle: FileHandle
  directory: string
}

/**
 * Writes these bytes to a file and reads the file: a zip lists its parts at its end, so it can't be
 * read during the upload. The file is removed in every case.
 */
export async function* spooled<T>(
  bytes: AsyncIterable<Uint8Array>,
  read: (file: SpooledFile) => AsyncGenerator<T>
): AsyncGenerator<T> {
  const directory = await mkdtemp(join(tmpdir(), 'leadyard-import-'))
  let handle: FileHandle | null = null
  try {
    handle = await open(join(directory, 'workbook'), 'wx+', 0o600)
    for await (const piece of bytes) await handle.writeFile(piece)
    yield* read({ handle, directory })
  } finally {
    await handle?.close()
    await rm(directory, { recursive: true, force: true })
  }
}
