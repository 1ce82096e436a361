import { unread } from '../domain/imports/import.ts'
import type { FileRow } from '../domain/imports/import.ts'
import { withExactNumbers } from '../decoding/exact-numbers.ts'
import { readMendedJson } from '../decoding/mended-json.ts'
import { because } from '../domain/reasons/reasons.ts'
import { boundedValues } from '../domain/text/bounded-values.ts'
import { MAX_JSON_DEPTH, isNestedTooDeep } from '../domain/text/json-depth.ts'
import { badRow, toRow } from './cells.ts'
import { tooManyColumns } from './columns.ts'
import { decode, withPlainLineEnds } from './decode.ts'
import { fileFault } from './file-fault.ts'
import type { FileFault } from './file-fault.ts'
import type { FileReader, ReadingSettings } from './file-reader.ts'
import { flatten } from './flatten.ts'
import { MAX_COLUMNS, MAX_COLUMN_NAME, MAX_ROW } from './limits.ts'
import { Turns, mapInTurns } from '../turns.ts'

/** A line, or null for one that is too long to be read. */
interface Line {
  number: number
  text: string | null
}

/**
 * Reads one JSON object a line. The columns are the names of their values, in the order in which they
 * first appear; a later line can add columns.
 */
export function readNdjson(
  bytes: AsyncIterable<Uint8Array>,
  settings: Pick<ReadingSettings, 'encoding' | 'origin' | 'shapeRow'>
): FileReader {
  const reading = unread('ndjson')
  const columns = new Map<string, number>()
  const names: string[] = []
  const decoded = decode(bytes, settings)

  const read = (line: Line) => readLine(line, { columns, names, shapeRow: settings.shapeRow })
  const turns = new Turns()

  async function* rows(): AsyncGenerator<FileRow[]> {
    /** A line that may be an object, and is not read. */
    let unread: FileRow['fault'] = null
    for await (const lines of linesOf(withPlainLineEnds(decoded.text))) {
      reading.encoding = decoded.encoding()
      reading.encodingGuess = decoded.guess()
      const found = await mapInTurns(lines, read, turns)
      const rows = found.filter((row) => row !== null)
      unread ??=
        rows.find(({ fault }) => fault !== null && fault.code !== 'not_json_object')?.fault ?? null
      yield rows
    }
    if (names.length === 0) throw withoutObjects(unread)
  }
  return { reading, columns: names, rows: rows() }
}

function withoutObjects(unread: FileRow['fault']): FileFault {
  const limit = Number(unread?.facts.limit)
  if (unread?.code === 'json_too_deep') return fileFault('json_too_deep', { limit })
  if (unread?.code === 'row_too_long') return fileFault('row_too_long', { limit })
  return fileFault('file_without_objects')
}

interface Columns {
  columns: Map<string, number>
  names: string[]
}

/** The row of a line; null: the line is empty. */
function readLine(
  { number, text }: Line,
  { columns, names, shapeRow }: Columns & Pick<ReadingSettings, 'shapeRow'>
): FileRow | null {
  if (text === null) return badRow(number, because('row_too_long', { limit: MAX_ROW }))
  if (text.trim() === '') return null
  if (names.length === 0 && text.trimStart().startsWith('[')) {
    throw fileFault('file_is_list')
  }
  if (isNestedTooDeep(text))
    return badRow(number, because('json_too_deep', { limit: MAX_JSON_DEPTH }))
  const read = readObject(text)
  if (!read) return badRow(number, because('not_json_object'))
  // To shape an object takes longer than to count what it has.
  if (Object.keys(read.object).length > MAX_COLUMNS || !boundedValues(read.object))
    throw tooManyColumns()
  const cells: (string | null)[] = []
  for (const [name, value] of flatten(shapeRow(read.object))) {
    const at = columns.get(name) ?? addColumn(name, columns, names)
    while (cells.length < at) cells.push(null)
    cells[at] = value
  }
  const row = toRow(number, cells, names.length)
  return row && { ...row, repair: read.repair }
}

function addColumn(name: string, columns: Map<string, number>, names: string[]): number {
  if (names.length === MAX_COLUMNS) throw tooManyColumns()
  if (name.length > MAX_COLUMN_NAME) {
    throw fileFault('column_name_too_long', { limit: MAX_COLUMN_NAME })
  }
  // An empty or blank name is valid in JSON, but a mapping could not point at it.
  const shown = name.replaceAll('\0', '').trim() === '' ? `Column ${names.length + 1}` : name
  const known = names.indexOf(shown)
  const at = known === -1 ? names.push(shown.replaceAll('\0', '').toWellFormed()) - 1 : known
  columns.set(name, at)
  return at
}

interface LineObject {
  object: object
  repair: FileRow['repair']
}

/** The object of a line, mended as that of a posted body is. */
function readObject(text: string): LineObject | null {
  try {
    return asObject(JSON.parse(withExactNumbers(text)), null)
  } catch {
    const mended = readMendedJson(text)
    if (!mended) return null
    const isCut = mended.repairs.some(({ code }) => code === 'cut_document')
    return asObject(mended.value, because(isCut ? 'cut_line' : 'repaired_json'))
  }
}

function asObject(value: unknown, repair: LineObject['repair']): LineObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { object: value, repair }
    : null
}

/** The lines of each piece of text. A line that is too long is dropped before it fills the memory. */
async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<Line[]> {
  let open = ''
  let isTooLong = false
  let number = 0
  const close = (end: string): Line => {
    const line = { number: ++number, text: isTooLong ? null : open + end }
    open = ''
    isTooLong = false
    return line
  }
  for await (const piece of text) {
    const ends = piece.split('\n')
    const rest = ends.pop() ?? ''
    const lines = ends.map(close)
    if (open.length + rest.length > MAX_ROW) isTooLong = true
    open = isTooLong ? '' : open + rest
    yield lines
  }
  if (open !== '' || isTooLong) yield [close('')]
}
