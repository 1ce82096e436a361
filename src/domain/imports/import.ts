import { DATE_ORDERS } from '../clock/written-time.ts'
import type { DateOrder } from '../clock/written-time.ts'
import type { Actor } from '../events/event.ts'
import type {
  ImportCode,
  RowCode,
  RowRepairCode,
  UnreadableRowCode
} from '../reasons/import-reasons.ts'
import type { Reason } from '../reasons/reasons.ts'

/** The kinds of records that rows become. */
export const IMPORT_TARGETS = ['leads', 'clients'] as const
export type ImportTarget = (typeof IMPORT_TARGETS)[number]

/** What records of a target are called where one of them is meant. */
export function nounOf(target: ImportTarget): 'lead' | 'client' {
  return target === 'leads' ? 'lead' : 'client'
}

export const IMPORT_FORMATS = ['csv', 'ndjson', 'xlsx', 'html'] as const
export type ImportFormat = (typeof IMPORT_FORMATS)[number]

/** The separators of a CSV, by name. */
export const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const
export type SeparatorName = keyof typeof SEPARATORS
export const SEPARATOR_NAMES = Object.keys(SEPARATORS) as SeparatorName[]

/**
 * From upload to end: `receiving` (its rows are being stored), `ready` (mapped or to be mapped),
 * `checking` (a dry run), `running`, `done`, `cancelled` (what was made until then stays, and can be
 * undone), `undoing`, `undone`, `failed` (the file can't be read, and nothing was made; or a run, or taking
 * it back, could not go on: what stands then can be undone).
 */
export const IMPORT_STATES = [
  'receiving',
  'ready',
  'checking',
  'running',
  'done',
  'cancelled',
  'undoing',
  'undone',
  'failed'
] as const
export type ImportState = (typeof IMPORT_STATES)[number]

/** The action for a row that matches a record. */
export const MATCH_ACTIONS = ['create', 'skip', 'update'] as const
type MatchAction = (typeof MATCH_ACTIONS)[number]

/** By what a row is known to be a record that is there. */
export const MATCH_FIELDS = ['externalId', 'contact.email', 'contact.phone'] as const
type MatchField = (typeof MATCH_FIELDS)[number]

/** The assignment of the leads of an import. */
export type ImportPlacement =
  { type: 'rules' } | { type: 'user'; userId: string } | { type: 'queue'; queueId: string | null }

/** One column of the file, as far as its first rows show it. */
export interface ImportColumn {
  name: string
  /** Values of the first rows. */
  samples: string[]
  /** How the days of the column are read; null: no day in it can be read in two ways, or it has none. */
  dates: ColumnDates | null
}

/**
 * What the order of day and month was taken from: the `values` (one has a number above 12), the
 * `separator` (a point), the `dealer`'s country, or the `setting`. `contradictory`: some values have
 * the day first and others the month; only those are read that can be read in one way.
 */
export const DATE_BASES = ['values', 'separator', 'dealer', 'setting', 'contradictory'] as const

export interface ColumnDates {
  /** Null: contradictory. */
  order: DateOrder | null
  basis: (typeof DATE_BASES)[number]
}

/** The order of the numbers of days: one for all columns, or `auto` for each column by its values. */
export const DATE_ORDER_SETTINGS = ['auto', ...DATE_ORDERS] as const
export type DateOrderSetting = (typeof DATE_ORDER_SETTINGS)[number]

/** Where a column goes, such as `contact.email`, `vehicle.make` or `customFields.budget`; null: nowhere. */
export interface ColumnMapping {
  column: string
  field: string | null
}

export interface ImportSettings {
  /** The source of the leads, or where the clients come from. */
  sourceId: string | null
  mapping: ColumnMapping[]
  matchBy: MatchField[]
  onMatch: MatchAction
  /** Whether a matched record's values give way to the file's; otherwise only empty ones are filled. */
  overwrite: boolean
  placement: ImportPlacement
  dateOrder: DateOrderSetting
  /** The encoding that a person named or confirmed; null: a guess. */
  encoding: string | null
  /** Of a CSV; null: a guess. */
  separator: SeparatorName | null
  /** The line, or row of a sheet, with the names of the columns, from 1; 0: none; null: a guess. */
  headerRow: number | null
  /** The name of a sheet, or its number from 1; null: a guess. */
  sheet: string | null
}

/** The settings by which the bytes of a file become rows: after a change the file is read again. */
export const READING_SETTINGS = ['encoding', 'separator', 'headerRow', 'sheet'] as const
export type ReadingSetting = (typeof READING_SETTINGS)[number]
export type FileSettings = Pick<ImportSettings, ReadingSetting>

/** The results of rows, in a dry run the expected results. */
export interface ImportCounts {
  created: number
  updated: number
  skipped: number
  bad: number
}

/** The outcome of one row that was no bad one. */
export const ROW_OUTCOMES = ['created', 'updated', 'skipped'] as const
export type RowOutcome = (typeof ROW_OUTCOMES)[number]

/** How a file was read. */
export interface ImportReading {
  format: ImportFormat
  /** By its WHATWG name, such as `windows-1250`; null: the format has its own. */
  encoding: string | null
  /** Null: the encoding was named, or no byte had to be guessed. */
  encodingGuess: EncodingGuess | null
  separator: string | null
  /** Null: the format has no row of names. */
  header: FileHeader | null
  /** Why the file is not kept until the import begins; null: it is kept. */
  unkept: 'too_large' | 'has_secrets' | null
  /** The sheets of a workbook, in its order; null: the format has none. */
  sheets: FileSheet[] | null
}

/** What is known of a file before it is read. */
export function unread(format: ImportFormat): ImportReading {
  return {
    format,
    encoding: null,
    encodingGuess: null,
    separator: null,
    header: null,
    unkept: null,
    sheets: null
  }
}

/** One sheet of a workbook. */
export interface FileSheet {
  name: string
  /** Rows that are not blank, with the names of the columns; null: the sheet can't be read. */
  rows: number | null
  isVisible: boolean
  /** Whether the rows of the import are those of this sheet. */
  isRead: boolean
}

/** How sure the guess of an encoding is; where it is doubtful, what the text would be in the likely ones. */
export interface EncodingGuess {
  certainty: 'sure' | 'doubtful'
  choices: EncodingChoice[]
}

/** The first words with letters beyond ASCII, as an encoding has them. */
export interface EncodingChoice {
  encoding: string
  sample: string
}

/** Which row names the columns of a file. */
export interface FileHeader {
  /** Where it begins: lines of text, rows of a sheet, from 1; null: no row names them. */
  line: number | null
  basis: 'guess' | 'setting'
  /** What is above it and not blank, shortened: at most the first 20 rows. */
  skipped: { line: number; text: string }[]
}

export interface Import {
  id: string
  target: ImportTarget
  /** The file's name, as the caller gave it. */
  name: string
  state: ImportState
  reading: ImportReading
  bytes: number
  /** Rows stored so far; all, once it is `ready`. */
  rows: number
  columns: ImportColumn[]
  settings: ImportSettings
  /** Rows gone through in the present pass (a dry run, the run, undoing). */
  processed: number
  counts: ImportCounts
  /** The result of the latest dry run, by the settings at that time. */
  check: ImportCounts | null
  /** When the present pass began, or began again after a crash, and at which row. */
  passStartedAt: Date | null
  passStartedRow: number
  /** Why it failed. */
  fault: Reason<ImportCode> | null
  operationId: string | null
  actor: Actor
  startedAt: Date | null
  finishedAt: Date | null
  version: number
  createdAt: Date
  updatedAt: Date
}

/** A row as the file has it. */
export interface FileRow {
  /** Where it begins in the file, counted from 1: lines of text, rows of a sheet. */
  line: number
  /** One for each column, in their order; fewer where the row is shorter. */
  cells: (string | null)[]
  /** Why it can't be read as a row, or null. */
  fault: Reason<UnreadableRowCode> | null
  /** What was mended so that it is read as a row, or null. */
  repair: Reason<RowRepairCode> | null
}

/** The same with its number, counted from 1 by the rows of data. */
export interface StoredRow extends FileRow {
  number: number
}

/** `bad`: the row became no record. `warning`: it did, or is of no person, and the user is told so. */
export const ROW_SEVERITIES = ['bad', 'warning'] as const
export type RowSeverity = (typeof ROW_SEVERITIES)[number]

/** What is wrong with a row, or with one cell of it. */
export interface RowProblem extends Reason<RowCode> {
  /** Counted from 1, by the rows of data. */
  row: number
  /** Where the row begins in the file, counted from 1: lines of text, rows of a sheet. */
  line: number
  /** The column, or null: the whole row. */
  column: string | null
  /** The cell as it stands, shortened. */
  value: string | null
}

/** A problem as a pass told it; `position`: its place among those of its row. */
export interface ToldProblem extends RowProblem {
  severity: RowSeverity
  position: number
}

/** How far a pass has come. */
export interface ImportProgress {
  state: ImportState
  processed: number
  total: number
  percent: number
  rowsPerSecond: number | null
  secondsLeft: number | null
}
