import { setImmediate } from 'node:timers/promises'

import { encodingName } from '../decoding/decoders.ts'
import { encodingByMarks, guessEncoding } from '../decoding/encoding.ts'
import type { Origin } from '../decoding/plausibility.ts'
import { unread } from '../domain/imports/import.ts'
import type { FileRow } from '../domain/imports/import.ts'
import { decode, withPlainLineEnds } from './decode.ts'
import { fileFault } from './file-fault.ts'
import type { FileReader, ReadingSettings } from './file-reader.ts'
import { HtmlRows } from './html-rows.ts'
import { SAMPLE_BYTES } from './limits.ts'
import { peek } from './peek.ts'
import { TableRows } from './table-rows.ts'

/** Reads the tables of HTML: programs write such a file and call it `.xls`, because spreadsheets open it. */
export function readHtml(
  given: AsyncIterable<Uint8Array>,
  settings: Pick<ReadingSettings, 'encoding' | 'headerRow' | 'origin'>
): FileReader {
  const reading = unread('html')
  const table = new TableRows(settings.headerRow)
  const { columns } = table

  async function* rows(): AsyncGenerator<FileRow[]> {
    const { head, bytes } = await peek(given, SAMPLE_BYTES)
    const encoding = settings.encoding ?? statedEncoding(head, settings.origin)
    const decoded = decode(bytes, { ...settings, encoding })
    const html = new HtmlRows()
    for await (const piece of withPlainLineEnds(decoded.text)) {
      yield table.push(html.push(piece))
      await setImmediate()
      reading.encoding = decoded.encoding()
      reading.encodingGuess = decoded.guess()
    }
    yield table.push(html.end())
    yield table.end()
    if (columns.length === 0) throw fileFault('file_is_document', { kind: 'HTML' })
    reading.header = table.header
  }
  return { reading, columns, rows: rows() }
}

/** The encoding that the page states, unless its bytes tell another; null: a guess. */
function statedEncoding(head: Buffer, origin: Origin): string | null {
  if (encodingByMarks(head) !== null) return null
  const [, stated] =
    /<meta[^>]{0,300}charset\s*=\s*["']?([\w-]{1,40})/i.exec(head.toString('latin1')) ?? []
  const name = stated === undefined ? null : encodingName(stated)
  const isUtf8 = guessEncoding(head, origin).encoding === 'utf-8'
  return isUtf8 || name === 'utf-8' ? null : name
}
