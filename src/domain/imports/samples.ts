import type { FileRow } from './import.ts'
import { leftOut } from './left-out-row.ts'

/** How many values of a column are shown, how long each, and of how many rows. */
const MAX_SAMPLES = 5
const MAX_SAMPLE_LENGTH = 80
const SAMPLED_ROWS = 200

/** Values of the first rows, by column: different ones, none of them empty. */
export class ColumnSamples {
  readonly #samples: string[][] = []
  #rows = 0

  add(rows: readonly FileRow[]): void {
    for (const { cells, fault } of rows) {
      if (this.#rows++ >= SAMPLED_ROWS) return
      // A number of a row of totals says nothing about what its column holds.
      if (fault === null && leftOut(cells, () => null) === null)
        cells.forEach((cell, at) => {
          this.#addCell(cell, at)
        })
    }
  }

  of(column: number): string[] {
    return this.#samples[column] ?? []
  }

  #addCell(cell: string | null, at: number): void {
    const value = (cell ?? '').trim().slice(0, MAX_SAMPLE_LENGTH).toWellFormed()
    const samples = (this.#samples[at] ??= [])
    if (value === '' || samples.length === MAX_SAMPLES || samples.includes(value)) return
    samples.push(value)
  }
}
