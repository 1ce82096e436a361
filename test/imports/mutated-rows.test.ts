import t from 'tap'

import { ROWS, damaged } from './damaged-rows.ts'
import { read } from './reading.ts'

const FILES = 100

void t.test('each of 10,000 damaged rows is a row, or is named by its line', async (t) => {
  for (let file = 0; file < FILES; file++) {
    const { rows } = await read(Buffer.from(damaged(file), 'latin1'))
    const lines = rows.map(({ line }) => line)
    const expected = Array.from({ length: ROWS }, (_, at) => at + 2)
    if (lines.join() !== expected.join()) t.strictSame(lines, expected, `file ${file}`)
    const silent = rows.filter(({ cells, fault }) => fault === null && cells.length === 0)
    if (silent.length > 0) t.strictSame(silent, [], `file ${file}`)
  }
})
