import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import t from 'tap'

import { importWarnings } from '../../src/domain/imports/import-warnings.ts'
import { textRows, writeXlsx, writeZip } from '../support/xlsx.ts'
import { read, readCells } from './reading.ts'

const XLSX = { format: 'xlsx' } as const
const HEADER = '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c></row>'

void t.test('each kind of cell', async (t) => {
  const cell = (inner: string, attributes = '') => `<c ${attributes}>${inner}</c>`
  const cases: Record<string, [string, string | undefined]> = {
    'a shared text': [cell('<v>0</v>', 't="s"'), 'Łukasz'],
    'a rich text': [cell('<v>1</v>', 't="s"'), 'big small'],
    'an inline text': [cell('<is><t>in &lt;line</t></is>', 't="inlineStr"'), 'in <line'],
    'an escaped text': [cell('<v>a_x000A_b</v>', 't="str"'), 'a\nb'],
    'a phone as a number': [cell('<v>4.8601234567E10</v>'), '48601234567'],
    'a price': [cell('<v>0.30000000000000004</v>'), '0.3'],
    'a day': [cell('<v>46347</v>', 's="1"'), '2026-11-21'],
    'a day by its own format': [cell('<v>46347</v>', 's="2"'), '2026-11-21'],
    'a moment': [cell('<v>46347.75</v>', 's="1"'), '2026-11-21T18:00:00'],
    'a time': [cell('<v>0.75</v>', 's="4"'), '18:00'],
    'a postal code': [cell('<v>1234</v>', 's="3"'), '01-234'],
    'a flag': [cell('<v>1</v>', 't="b"'), 'true'],
    'an error': [cell('<v>#N/A</v>', 't="e"'), undefined],
    'a formula': [cell('<f>1+1</f><v>2</v>'), '2']
  }
  const lines = Object.values(cases).map(([inner], at) => `<row r="${at + 2}">${inner}</row>`)
  const file = writeXlsx({
    rows: HEADER + lines.join(''),
    strings: ['<t>Łukasz</t>', '<r><t>big </t></r><r><t>small</t></r><rPh><t>x</t></rPh>'],
    formats:
      '<numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="00\\-000"/>',
    cellFormats: [0, 14, 164, 165, 20].map((id) => `<xf numFmtId="${id}"/>`).join('')
  })
  for (const size of [100, 65_536]) {
    const { rows } = await read(file, XLSX, size)
    for (const [at, [name, [, expected]]] of Object.entries(cases).entries()) {
      t.equal(rows.find(({ line }) => line === at + 2)?.cells[0], expected, name)
    }
  }
})

void t.test('a formula without a stored result is empty, and told', async (t) => {
  const repair = (cell: number) => ({ code: 'formula_without_value', facts: { cell } })
  const cases: [string, number | null][] = [
    ['<c r="B2"><f>A1</f></c>', 2],
    ['<c r="B2"><f>A1</f><v></v></c>', 2],
    ['<c r="B2" t="str"><f>A1</f></c><c r="C2"><f>A2</f></c>', 2],
    ['<c r="B2"/><c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', 3],
    ['<c r="B2" t="str"><f>A1</f><v></v></c>', null],
    ['<c r="B2"><f>1+1</f><v>2</v></c>', null],
    ['<c r="B2"/>', null]
  ]
  for (const [cells, cell] of cases) {
    const row = `<row r="2"><c r="A2" t="str"><v>Ada</v></c>${cells}</row>`
    const { rows } = await read(writeXlsx({ rows: HEADER + row }), XLSX)
    t.equal(rows[0]?.cells[0], 'Ada')
    t.hasStrict(rows[0], { repair: cell === null ? null : repair(cell) }, cells)
  }
})

void t.test('sheets, gaps and the days of 1904', async (t) => {
  const rows = `${HEADER}<row r="4"><c r="B4" s="1"><v>1</v></c></row><row r="9"/>`
  const file = writeXlsx({
    rows,
    workbook: '<workbookPr date1904="1"/>',
    cellFormats: '<xf numFmtId="0"/><xf numFmtId="14"/>'
  })
  t.strictSame((await read(file, XLSX)).rows, [
    { line: 4, cells: [null, '1904-01-02'], fault: null, repair: null }
  ])
  t.strictSame(await readCells(file, { ...XLSX, sheet: 'hidden' }), [['secret']])
  t.strictSame(await readCells(file, { ...XLSX, sheet: '1' }), [['secret']])
  await t.rejects(read(file, { ...XLSX, sheet: '7' }), /unknown_sheet/)
})

void t.test('texts are found wherever they lie', async (t) => {
  const strings = Array.from(
    { length: 5000 },
    (_, at) => `<t>text ${at} ${'ż'.repeat(at % 60)}</t>`
  )
  const order = strings.map((_, at) => (at * 2311) % strings.length)
  const lines = order.map((at, row) => `<row r="${row + 2}"><c t="s"><v>${at}</v></c></row>`)
  const { rows } = await read(writeXlsx({ rows: HEADER + lines.join(''), strings }), XLSX)
  t.strictSame(
    rows.map(({ cells }) => cells[0]),
    order.map((at) => `text ${at} ${'ż'.repeat(at % 60)}`)
  )
})

void t.test('a file that is no workbook, or is hostile, is refused with a reason', async (t) => {
  const entity = '<!DOCTYPE x [<!ENTITY e "boom">]>'
  const cases: Record<string, [Buffer, RegExp]> = {
    empty: [Buffer.alloc(0), /file_empty/],
    'another zip': [writeZip([{ path: 'a.txt', content: 'a' }]), /file_is_archive/],
    'an old workbook': [Buffer.from('d0cf11e0a1b11ae1', 'hex'), /xls_not_supported/],
    cut: [writeXlsx({ rows: HEADER }).subarray(0, 900), /not_xlsx/],
    'broken XML': [writeXlsx({ rows: '<row><c>' }), /workbook_part_not_xml/],
    'an entity': [
      writeXlsx({ rows: `</sheetData>${entity}` }),
      /workbook_part_has_doctype|workbook_part_not_xml/
    ],
    'a bomb that says so': [writeXlsx({ rows: HEADER, size: 4_294_967_290 }), /workbook_too_large/],
    'a bomb that does not': [
      writeXlsx({ rows: HEADER + ' '.repeat(9999), size: 10 }),
      /workbook_part_damaged/
    ],
    'a text without end': [
      writeXlsx({ rows: `<row><c><v>${'1'.repeat(9_000_000)}` }),
      /workbook_text_too_long/
    ],
    'nothing in it': [writeXlsx({ rows: '' }), /sheet_empty/]
  }
  for (const [name, [file, message]] of Object.entries(cases)) {
    await t.rejects(read(file, XLSX), { name: 'FileFault', message }, name)
  }
  const left = readdirSync(tmpdir()).filter((name) => name.startsWith('leadyard-import-'))
  t.strictSame(left, [], 'nothing stays on the disk')
})

const LEADS = [
  ['Name', 'E-mail'],
  ['Ann Lee', 'ann@sheets.example']
]

void t.test('the sheet that is most like a list of people is read; all are named', async (t) => {
  const info = [
    ['Dealer', 'Main Street Motors'],
    ['E-mail', 'desk@motors.example'],
    ['Printed by Sam']
  ]
  const prices = [
    ['Make', 'Model', 'VIN'],
    ['Kia', 'Ceed', 'U5YH5816ALL000001']
  ]
  const file = writeXlsx({
    rows: textRows(LEADS),
    others: [
      { name: 'Info', rows: textRows(info) },
      { name: 'Prices', rows: textRows(prices) },
      { name: 'Empty', rows: '' }
    ]
  })
  const { reading, columns } = await read(file, XLSX)
  t.strictSame(columns, LEADS[0])
  t.strictSame(reading.sheets, [
    { name: 'Hidden', rows: 1, isVisible: false, isRead: false },
    { name: 'Info', rows: 3, isVisible: true, isRead: false },
    { name: 'Prices', rows: 2, isVisible: true, isRead: false },
    { name: 'Empty', rows: 0, isVisible: true, isRead: false },
    { name: 'Leads', rows: 2, isVisible: true, isRead: true }
  ])
  t.strictSame(importWarnings({ reading, columns: [], settings: { mapping: [] } }), [
    { code: 'sheets_left_out', facts: { sheets: ['Info', 'Prices'] } }
  ])
  const fault: unknown = await read(file, { ...XLSX, sheet: 'Bogus' }).catch(
    (error: unknown) => error
  )
  t.hasStrict(fault, {
    reason: { facts: { sheets: ['Hidden', 'Info', 'Prices', 'Empty', 'Leads'] } }
  })
})

void t.test(
  'of sheets that are alike the first is read, and a broken one is only told',
  async (t) => {
    const october = textRows([
      ['Name', 'E-mail'],
      ['Bob Ray', 'bob@sheets.example']
    ])
    const file = writeXlsx({
      rows: textRows(LEADS),
      others: [
        { name: 'Broken', rows: '<row' },
        { name: 'October', rows: october }
      ]
    })
    const { reading, rows } = await read(file, XLSX)
    t.equal(rows[0]?.cells[0], 'Bob Ray')
    t.strictSame(
      reading.sheets?.map(({ name, rows: count, isRead }) => [name, count, isRead]),
      [
        ['Hidden', 1, false],
        ['Broken', null, false],
        ['October', 2, true],
        ['Leads', 2, false]
      ]
    )
  }
)
