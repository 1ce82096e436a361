import { join } from 'node:path'

import { unread } from '../domain/imports/import.ts'
import type { FileRow, ImportReading } from '../domain/imports/import.ts'
import { because } from '../domain/reasons/reasons.ts'
import { FileFault, fileFault } from './file-fault.ts'
import type { FileReader, ReadingSettings } from './file-reader.ts'
import { HEAD_ROWS } from './header.ts'
import { TableRows } from './table-rows.ts'
import type { TableRow } from './table-rows.ts'
import { likelySheet, namedSheet } from './xlsx/choose-sheet.ts'
import { Package } from './xlsx/package.ts'
import { SharedStrings } from './xlsx/shared-strings.ts'
import { SheetRows } from './xlsx/sheet.ts'
import type { SheetRow } from './xlsx/sheet.ts'
import { spooled } from './xlsx/spool.ts'
import type { SpooledFile } from './xlsx/spool.ts'
import { readStyles, readWorkbook } from './xlsx/workbook.ts'
import type { WorkbookSheet } from './xlsx/workbook.ts'
import { readXml } from './xlsx/xml.ts'

/**
 * Reads one sheet of a workbook. The known libraries that read XLSX as a stream keep all texts of
 * the workbook in memory, or are no longer maintained.
 */
export function readXlsx(
  bytes: AsyncIterable<Uint8Array>,
  { sheet, headerRow }: Pick<ReadingSettings, 'sheet' | 'headerRow'>
): FileReader {
  const reading = unread('xlsx')
  const table = new TableRows(headerRow)
  const { columns } = table

  async function* rows(): AsyncGenerator<FileRow[]> {
    yield* spooled(bytes, (file) => readSpooled(file, sheet, { table, reading }))
    yield table.end()
    if (columns.length === 0) throw fileFault('sheet_empty')
    reading.header = table.header
  }
  return { reading, columns, rows: rows() }
}

async function* readSpooled(
  { handle, directory }: SpooledFile,
  wanted: string | null,
  { table, reading }: { table: TableRows; reading: ImportReading }
): AsyncGenerator<FileRow[]> {
  const parts = await Package.open(handle.fd)
  refuseOtherFiles(parts)
  const workbook = await readWorkbook(parts)
  const kinds = await readStyles(parts, workbook.stylesPath)
  const texts = await SharedStrings.spill(
    parts,
    workbook.sharedStringsPath,
    join(directory, 'texts')
  )
  const rowsOf = ({ path }: WorkbookSheet) =>
    readSheet(parts, path, { sheet: new SheetRows(kinds, workbook.is1904), texts })
  try {
    const { sheets } = workbook
    const read =
      wanted === null
        ? await likelySheet(sheets, (sheet) => headOf(rowsOf(sheet)))
        : namedSheet(sheets, wanted)
    let count = 0
    for await (const rows of rowsOf(read)) {
      count += rows.length
      yield table.push(rows)
    }
    reading.sheets = []
    for (const sheet of sheets) {
      const { name, isVisible } = sheet
      const isRead = sheet === read
      const rows = isRead ? count : await countRows(parts, sheet)
      reading.sheets.push({ name, rows, isVisible, isRead })
    }
  } finally {
    await texts.close()
  }
}

async function* readSheet(
  parts: Package,
  path: string,
  { sheet, texts }: { sheet: SheetRows; texts: SharedStrings }
): AsyncGenerator<TableRow[]> {
  for await (const _ of readXml(parts.read(path), sheet.handler)) {
    const found = sheet.take()
    await texts.fetch(found.flatMap(({ cells }) => cells.filter(isNumber)))
    yield found.map((row) => readRow(row, texts))
  }
}

/** The first rows of a sheet, by which it is chosen; none of one that can't be read. */
async function headOf(pieces: AsyncIterable<TableRow[]>): Promise<TableRow['cells'][]> {
  const head: TableRow['cells'][] = []
  try {
    for await (const rows of pieces) {
      head.push(...rows.map(({ cells }) => cells))
      if (head.length >= HEAD_ROWS) break
    }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
  }
  return head
}

/** The number of rows of a sheet that is left out; null: it can't be read. */
async function countRows(parts: Package, { path }: WorkbookSheet): Promise<number | null> {
  const sheet = new SheetRows([], false)
  let count = 0
  try {
    for await (const _ of readXml(parts.read(path), sheet.handler)) count += sheet.take().length
    return count
  } catch (error) {
    if (error instanceof FileFault) return null
    throw error
  }
}

function readRow({ line, cells, unsolved }: SheetRow, texts: SharedStrings): TableRow {
  const values = cells.map((cell) => (isNumber(cell) ? texts.get(cell) : cell))
  const repair = unsolved === null ? null : because('formula_without_value', { cell: unsolved })
  return { line, cells: values, fault: null, repair }
}

function isNumber(cell: string | number | null): cell is number {
  return typeof cell === 'number'
}

/** The parts by which other documents that are ZIP files are known. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  XLSB: 'xl/workbook.bin',
  ODS: 'content.xml',
  DOCX: 'word/document.xml',
  PPTX: 'ppt/presentation.xml',
  Numbers: 'index/document.iwa',
  Pages: 'index.zip'
}

/** Refuses a ZIP file that is no workbook of this format, and says what it is. */
function refuseOtherFiles(parts: Package): void {
  const kind = Object.keys(DOCUMENTS).find((one) => parts.has(DOCUMENTS[one] ?? ''))
  if (kind !== undefined) throw fileFault('file_is_document', { kind })
  if (!parts.has('_rels/.rels')) throw fileFault('file_is_archive', { kind: 'ZIP' })
}
