import { unread } from '../domain/imports/import.ts'
import { formatOf } from './file-format.ts'
import type { FileReader, ReadingSettings } from './file-reader.ts'
import { peek } from './peek.ts'
import { readCsv } from './read-csv.ts'
import { readHtml } from './read-html.ts'
import { readNdjson } from './read-ndjson.ts'
import { readXlsx } from './read-xlsx.ts'

/** The bytes that say what a file is. */
const HEAD_BYTES = 4096

/** Reads a file during its upload. Only a few rows are in memory, for a file of any size. */
export function readFile(given: AsyncIterable<Uint8Array>, settings: ReadingSettings): FileReader {
  let reader: FileReader | null = null
  async function* rows(): FileReader['rows'] {
    const { head, bytes } = await peek(given, HEAD_BYTES)
    reader = open(bytes, { ...settings, format: formatOf(head, settings.format) })
    yield* reader.rows
  }
  return {
    get reading() {
      return reader?.reading ?? unread(settings.format)
    },
    get columns() {
      return reader?.columns ?? []
    },
    rows: rows()
  }
}

function open(bytes: AsyncIterable<Uint8Array>, settings: ReadingSettings): FileReader {
  switch (settings.format) {
    case 'csv':
      return readCsv(bytes, settings)
    case 'ndjson':
      return readNdjson(bytes, settings)
    case 'xlsx':
      return readXlsx(bytes, settings)
    case 'html':
      return readHtml(bytes, settings)
  }
}
