import { writeCsvHead, writeCsvRows } from '../../../csv/write-csv.ts'
import type { CsvStyle } from '../../../csv/write-csv.ts'
import type { Database } from '../../../database/client.ts'
import type { Locale } from '../../../domain/dealers/dealer.ts'
import type { Import, RowSeverity } from '../../../domain/imports/import.ts'
import { listProblems } from '../../../repositories/imports/problems.ts'
import type { ProblemWithCells } from '../../../repositories/imports/problems.ts'
import { sentenceOf } from '../../../wording/reasons.ts'

/** Problems of a page of the file: what is in memory at once. */
const PAGE_ROWS = 500

const HEAD = ['row', 'line', 'severity', 'columns', 'codes', 'problems']

/** Between the problems of one row. */
const BETWEEN = ' | '

interface ProblemFile {
  dealerId: string
  severity: RowSeverity | null
  style: CsvStyle
  locale: Locale
}

/**
 * The rows with problems as a CSV, one page after another: each row once, with all its problems. A row that
 * became a record has no cells, so that the file can be imported again.
 */
export async function* writeProblems(
  db: Database,
  { id, columns }: Import,
  { dealerId, severity, style, locale }: ProblemFile
): AsyncGenerator<string> {
  yield writeCsvHead([...HEAD, ...columns.map(({ name }) => name)], style)
  let after: Parameters<typeof listProblems>[2]['after'] = null
  let open: ProblemWithCells[] = []
  do {
    const page = await db.read(dealerId, (tx) =>
      listProblems(tx, id, { limit: PAGE_ROWS, after, descending: false, severity })
    )
    const groups = byRow([...open, ...page.data])
    // The last row may go on in the next page.
    open = page.next === null ? [] : (groups.pop() ?? [])
    if (groups.length > 0) {
      yield writeCsvRows(
        groups.map((problems) => cellsOf(problems, columns.length, locale)),
        style
      )
    }
    after = page.next
  } while (after !== null)
}

/** The problems of each row; they come in the order of the rows. */
function byRow(problems: readonly ProblemWithCells[]): ProblemWithCells[][] {
  const groups: ProblemWithCells[][] = []
  for (const problem of problems) {
    const last = groups.at(-1)
    if (last?.[0]?.row === problem.row) last.push(problem)
    else groups.push([problem])
  }
  return groups
}

function cellsOf(
  problems: readonly ProblemWithCells[],
  columnCount: number,
  locale: Locale
): (string | number | null)[] {
  const [first] = problems
  if (!first) return []
  const { row, line, severity, cells } = first
  const columns = problems.map(({ column }) => column ?? '').filter((name) => name !== '')
  return [
    row,
    line,
    severity,
    [...new Set(columns)].join(BETWEEN),
    problems.map(({ code }) => code).join(BETWEEN),
    problems.map((problem) => sentenceWithPlace(problem, locale)).join(BETWEEN),
    ...Array.from({ length: columnCount }, (_, place) =>
      severity === 'bad' ? (cells[place] ?? null) : null
    )
  ]
}

function sentenceWithPlace(
  { column, code, facts, value }: ProblemWithCells,
  locale: Locale
): string {
  const sentence = sentenceOf({ code, facts }, locale)
  const placed = column === null ? sentence : `${column}: ${sentence}`
  return value === null ? placed : `${placed} (${value})`
}
