import { join } from 'node:path'

import type { FileRow, ImportReading } from '../domain/imports/import.ts'
import { toRow } from './cells.ts'
import { nameColumns } from './columns.ts'
import { fileFault } from './file-fault.ts'
import type { FileReader } from './read-csv.ts'
import { Package } from './xlsx/package.ts'
import { SharedStrings } from './xlsx/shared-strings.ts'
import { SheetRows } from './xlsx/sheet.ts'
import type { SheetRow } from './xlsx/sheet.ts'
import { spooled } from './xlsx/spool.ts'
import type { SpooledFile } from './xlsx/spool.ts'
import { readStyles, readWorkbook } from './xlsx/workbook.ts'
import { readXml } from './xlsx/xml.ts'

/**
 * Reads one sheet of a workbook. The known libraries that read XLSX as a stream keep all texts of
 * the workbook in memory, or are no longer maintained.
 */
export function readXlsx(
  bytes: AsyncIterable<Uint8Array>,
  { sheet }: { sheet: string | null }
): FileReader {
  const reading: ImportReading = { format: 'xlsx', encoding: null, separator: null }
  const columns: string[] = []

  async function* rows(): AsyncGenerator<FileRow[]> {
    yield* spooled(bytes, (file) => readSpooled(file, sheet, columns))
    if (columns.length === 0) throw fileFault('sheet_empty')
  }
  return { reading, columns, rows: rows() }
}

async function* readSpooled(
  { handle, directory }: SpooledFile,
  wanted: string | null,
  columns: string[]
): AsyncGenerator<FileRow[]> {
  await refuseOldWorkbook({ handle, directory })
  const parts = await Package.open(handle.fd)
  const workbook = await readWorkbook(parts, wanted)
  const kinds = await readStyles(parts, workbook.stylesPath)
  const texts = await SharedStrings.spill(
    parts,
    workbook.sharedStringsPath,
    join(directory, 'texts')
  )
  try {
    const sheet = new SheetRows(kinds, workbook.is1904)
    for await (const _ of readXml(parts.read(workbook.sheetPath), sheet.handler)) {
      const found = sheet.take()
      await texts.fetch(found.flatMap(({ cells }) => cells.filter(isNumber)))
      yield found.flatMap((row) => readRow(row, texts, columns))
    }
  } finally {
    await texts.close()
  }
}

function readRow({ line, cells }: SheetRow, texts: SharedStrings, columns: string[]): FileRow[] {
  const values = cells.map((cell) => (isNumber(cell) ? texts.get(cell) : cell))
  if (columns.length === 0) {
    if (values.some((value) => value !== null && value.trim() !== '')) {
      columns.push(...nameColumns(values))
    }
    return []
  }
  const row = toRow(line, values, columns.length)
  return row ? [row] : []
}

function isNumber(cell: string | number | null): cell is number {
  return typeof cell === 'number'
}

/** How files of the old format begin, and those that a password protects. */
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex')

async function refuseOldWorkbook({ handle }: SpooledFile): Promise<void> {
  const head = Buffer.alloc(COMPOUND_FILE.length)
  await handle.read(head, 0, head.length, 0)
  if (head.equals(COMPOUND_FILE)) {
    throw fileFault('xls_not_supported')
  }
}
