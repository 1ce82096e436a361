import type { ImportCounts, RowOutcome, RowProblem, RowSeverity, ToldProblem } from './import.ts'

/** The result of a row without a fault. */
interface RowResult {
  number: number
  outcome: RowOutcome
  recordId: string
  recordVersion: number
  before: Record<string, unknown> | null
}

export const NO_COUNTS: ImportCounts = { created: 0, updated: 0, skipped: 0, bad: 0 }

/** Counts the results of the rows of a batch. */
export class RowTally {
  readonly counts: ImportCounts = { ...NO_COUNTS }
  readonly results: RowResult[] = []
  readonly problems: ToldProblem[] = []

  /** A row became a new record. */
  create(number: number, recordId: string): void {
    this.#settle({ number, outcome: 'created', recordId, recordVersion: 1, before: null })
  }

  /** A row is about a record that stays as it is. */
  skip(number: number, record: { id: string; version: number }): void {
    const { id: recordId, version: recordVersion } = record
    this.#settle({ number, outcome: 'skipped', recordId, recordVersion, before: null })
  }

  /** A row went to a record that is there; `before` is what it was, or null: it says nothing new. */
  update(
    number: number,
    record: { id: string; version: number },
    before: Record<string, unknown> | null
  ): void {
    const { id: recordId, version: recordVersion } = record
    this.#settle({ number, outcome: 'updated', recordId, recordVersion, before })
  }

  /** What becomes of a row without a record, or would by a dry run. */
  foresee(outcome: RowOutcome): void {
    this.counts[outcome] += 1
  }

  #settle(result: RowResult): void {
    this.counts[result.outcome] += 1
    this.results.push(result)
  }

  /** A row is about no record. */
  leaveOut(notices: readonly RowProblem[]): void {
    this.foresee('skipped')
    this.#note('warning', notices)
  }

  reject(problems: readonly RowProblem[]): void {
    this.counts.bad += 1
    this.#note('bad', problems)
  }

  /** What a person should know of a row that became a record. */
  warn(notices: readonly RowProblem[]): void {
    this.#note('warning', notices)
  }

  #note(severity: RowSeverity, problems: readonly RowProblem[]): void {
    problems.forEach((problem, position) => {
      this.problems.push({ ...problem, severity, position })
    })
  }
}

export function addCounts(one: ImportCounts, other: ImportCounts): ImportCounts {
  return {
    created: one.created + other.created,
    updated: one.updated + other.updated,
    skipped: one.skipped + other.skipped,
    bad: one.bad + other.bad
  }
}
