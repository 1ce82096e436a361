import t from 'tap'

import { ROWS, damaged } from './damaged-rows.ts'
import { read } from './reading.ts'

/** `MUTATIONS=20000` in the environment: so many rows. */
const FILES = Number(process.env.MUTATIONS ?? 10_000) / ROWS

void t.test('each damaged row is a row, or is named by its line', async (t) => {
  for (let file = 0; file < FILES; file++) {
    const { rows } = await read(Buffer.from(damaged(file), 'latin1'))
    const lines = rows.map(({ line }) => line)
    const expected = Array.from({ length: ROWS }, (_, at) => at + 2)
    if (lines.join() !== expected.join()) t.strictSame(lines, expected, `file ${file}`)
    const silent = rows.filter(({ cells, fault }) => fault === null && cells.length === 0)
    if (silent.length > 0) t.strictSame(silent, [], `file ${file}`)
  }
})
