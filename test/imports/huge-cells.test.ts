import t from 'tap'

import { IMPORT_FIELDS } from '../../src/domain/imports/import-fields.ts'
import { readRow } from '../../src/domain/imports/read-row.ts'
import { planRows } from '../../src/domain/imports/row-plan.ts'
import { rowParsers } from '../../src/schemas/imports/row-parsers.ts'
import { watchSearches } from '../support/searched-texts.ts'
import { read } from './reading.ts'

const CHARACTERS = 300_000
/** Texts whose every sign begins something that could be an address, a number or a day. */
const HUGE = ['a@', '1 ', 'a.', '<', '&amp;', 'x\n', 'a@b.pl;', '601 200 300\n', "a'"].map((text) =>
  text.repeat(CHARACTERS / text.length)
)

void t.test('a file is judged by the beginnings of its cells', async (t) => {
  const names = 'Name;E-mail;Phone;Message;Date;Year;Budget;Language;VIN;Address;Vehicle'
  const row = `Anna;anna@x.example;;;;;;;;${'a@'.repeat(CHARACTERS / 2)};Kia`
  const file = Buffer.from(`${names}\n${`${row}\n`.repeat(12)}`)
  const longest = watchSearches(t)
  const { columns, rows } = await read(file, {}, 16_384)
  t.strictSame(columns, names.split(';'))
  t.equal(rows.length, 12)
  t.equal(rows[0]?.cells[9]?.length, CHARACTERS)
  // Those of the sample, from which the separator is guessed.
  t.ok(longest() <= 100_000)
})

void t.test('no reader of a cell searches more than its field can hold', (t) => {
  const definitions = (
    ['text', 'number', 'boolean', 'date', 'option', 'options', 'url', 'email', 'phone'] as const
  ).map((type) => ({ key: type, type, options: ['red', 'blue'], required: false }))
  const parsers = rowParsers({ country: 'PL', currency: 'PLN', timeZone: 'Europe/Warsaw' })
  const fields = [
    ...IMPORT_FIELDS.leads.map(({ path }) => path),
    ...definitions.map(({ key }) => `customFields.${key}`),
    'customFields.unknown',
    'attribution.unknown',
    null
  ]
  const longest = watchSearches(t)
  for (const field of fields) {
    const columns = ['Name', 'Value'].map((name) => ({ name, dates: null }))
    const mapping = [
      { column: 'Name', field: 'contact.fullName' },
      { column: 'Value', field }
    ]
    const plan = planRows(
      { target: 'leads', columns, settings: { dateOrder: 'auto', mapping } },
      { definitions, parsers }
    )
    for (const text of HUGE) {
      readRow(plan, { number: 1, line: 2, cells: ['Anna', text, text], fault: null, repair: null })
    }
    const most = longest()
    t.ok(most <= 20_000, `${field}: ${most} characters`)
  }
  t.end()
})
