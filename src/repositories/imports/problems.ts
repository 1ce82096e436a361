import type { Transaction } from '../../database/client.ts'
import type { RowProblem } from '../../domain/imports/import.ts'
import { toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'

/** A problem with the row it is in, as the file has it. */
export interface ProblemWithCells extends RowProblem {
  position: number
  cells: (string | null)[]
}

// The row by a question of its own: joined, a planner may go through all rows for each problem.
const PROBLEMS = `
select p.number as row, p.position, p.line, p."column", p.reason, p.value,
  (select r.cells from import_rows r
    where r.dealer_id = $1 and r.import_id = $2 and r.number = p.number) as cells
from import_problems p
where p.dealer_id = $1 and p.import_id = $2 and (p.number, p.position) > ($3, $4)
order by p.number, p.position limit $5`

/** How many problems one row can have, as far as cursors go: more than there are columns. */
const MAX_POSITIONS = 1_000

/** One page of why rows are bad, in the order of the file. The cursor holds row and position. */
export async function listProblems(
  tx: Transaction,
  importId: string,
  page: PageRequest
): Promise<Page<ProblemWithCells>> {
  const after = page.after?.at.getTime() ?? -1
  const rows = await tx.query<ProblemWithCells & Record<string, unknown>>(
    'import-problem-page',
    PROBLEMS,
    [
      tx.dealerId,
      importId,
      Math.floor(after / MAX_POSITIONS),
      after < 0 ? -1 : after % MAX_POSITIONS,
      page.limit + 1
    ]
  )
  return toPage(rows, page, ({ row, position }) => ({
    at: new Date(row * MAX_POSITIONS + position),
    id: importId
  }))
}
