import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { RowSeverity, ToldProblem } from '../../domain/imports/import.ts'
import { toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'

/** A problem with the row it is in, as the file has it. */
export interface ProblemWithCells extends ToldProblem {
  cells: (string | null)[]
}

const PROBLEMS = statement(
  'import-problem-page',
  {
    importId: 'uuid',
    severity: 'text?',
    afterRow: 'integer',
    afterPosition: 'smallint',
    limit: 'integer'
  },
  // The row by a question of its own: joined, a planner may go through all rows for each problem.
  `select p.number as row, p.position, p.line, p.severity, p."column", p.code, p.facts, p.value,
     (select r.cells from import_rows r where r.dealer_id = :dealerId
       and r.import_id = :importId and r.number = p.number) as cells
   from import_problems p
   where p.dealer_id = :dealerId and p.import_id = :importId
     and (p.number, p.position) > (:afterRow, :afterPosition)
     and (:severity is null or p.severity = :severity)
   order by p.number, p.position limit :limit`
).returning<ProblemWithCells>()

/** How many problems one row can have, as far as cursors go: more than there are columns. */
const MAX_POSITIONS = 1_000

/** One page of what is wrong with rows, in the order of the file. The cursor holds row and position. */
export async function listProblems(
  tx: Transaction,
  importId: string,
  { severity, ...page }: PageRequest & { severity: RowSeverity | null }
): Promise<Page<ProblemWithCells>> {
  const after = page.after?.at.getTime() ?? -1
  const rows = await tx.run(PROBLEMS, {
    importId,
    severity,
    afterRow: Math.floor(after / MAX_POSITIONS),
    afterPosition: after < 0 ? -1 : after % MAX_POSITIONS,
    limit: page.limit + 1
  })
  return toPage(rows, page, ({ row, position }) => ({
    at: new Date(row * MAX_POSITIONS + position),
    id: importId
  }))
}
