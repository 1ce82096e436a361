import t from 'tap'

import { writeXlsx } from '../support/xlsx.ts'
import { FIELDS, countsOf, guessed, nothingLeft } from '../imports/import-checks.ts'
import { openDesk } from '../imports/import-desk.ts'
import {
  COLUMNS,
  nameOf,
  problemLines,
  sheetOf,
  textOf,
  toWindows1250
} from '../imports/many-rows.ts'

/** How many rows each list has: more than one batch of a run takes; 200,000 for the figures. */
const ROWS = Number(process.env.IMPORT_ROWS ?? 600)

void t.test('the same list, however it is written', async (t) => {
  const desk = await openDesk(t)
  const text = (separator: string) => [...textOf(ROWS, separator)].join('')
  const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  const files = {
    'windows-1250, semicolons': ['text/csv', toWindows1250(text(';')), 'windows-1250', 'semicolon'],
    'UTF-16, tabs': ['text/csv', Buffer.from(`\ufeff${text('\t')}`, 'utf16le'), 'utf-16le', 'tab'],
    XLSX: [sheet, writeXlsx({ rows: sheetOf(ROWS) }), null, null]
  } as const
  for (const [name, [mediaType, file, encoding, separator]] of Object.entries(files)) {
    await t.test(name, async (t) => {
      const uploaded = await desk.upload(mediaType, '', [file])
      const { id } = uploaded
      t.strictSame([uploaded.encoding, uploaded.separator], [encoding, separator])
      t.strictSame([uploaded.rows, guessed(uploaded)], [ROWS, FIELDS])
      const names = uploaded.columns.map((column: { name: string }) => column.name)
      t.strictSame(names, COLUMNS)
      const { operationId } = await desk.call('POST', `/v1/imports/${id}/start`)
      await desk.settle(id)
      const done = await desk.call('GET', `/v1/imports/${id}`)
      const expected = countsOf(ROWS)
      t.strictSame([done.state, done.counts], ['done', expected])
      const isText = mediaType === 'text/csv'
      t.strictSame(await desk.problemsOf(id), problemLines(ROWS, { isText }))
      const written = await desk.query<{ name: string; note: string | null; row: number }>(
        `select display_name as name, content->>'message' as note, import_row as row
        from leads where import_id = $1 order by import_row`,
        [id]
      )
      t.equal(written.length, expected.created)
      t.ok(
        written.every(({ name, row }) => name === nameOf(row)),
        'letters are what they were'
      )
      t.equal(written.find(({ row }) => row === 5)?.note, 'Dzwonić po "16"\nalbo w sobotę')
      await desk.call('POST', `/v1/operations/${operationId}/undo`)
      await desk.settle(id)
      await nothingLeft(t, desk, id)
    })
  }
})
