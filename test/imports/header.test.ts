import t from 'tap'

import { writeXlsx } from '../support/xlsx.ts'
import { read } from './reading.ts'

/** The line of the names, the columns, and the lines of the rows of data. */
async function look(file: string, headerRow: number | null = null) {
  const { reading, columns, rows } = await read(Buffer.from(file), { headerRow })
  return [reading.header?.line, columns, rows.map(({ line }) => line)]
}

const NAMES = 'First Name,Last Name,Email,Phone'
const ANN = 'Ann,Lee,ann@head.example,585-297-6401'
const BOB = 'Bob,Ray,,585-297-6402'
const columns = NAMES.split(',')

void t.test('titles, print data and blank rows above the names are skipped and told', async (t) => {
  const above = [
    ['Internet Leads - November 2026,,,', 'Printed 21.11.2026 by Sam,,,', ',,,'],
    ['Internet Leads'],
    ['Dealer:,Main Street Motors,,', 'Period,2026-11-01,to,2026-11-30'],
    ['"Report ""new""\nof two lines"', '', 'Page 1 of 1'],
    ['Report,Internet Leads,Period,November'],
    ['"a quote that is not closed']
  ]
  for (const lines of above) {
    const text = lines.join('\n')
    const line = text.split('\n').length + 1
    const found = await look([...lines, NAMES, ANN, BOB].join('\n'))
    t.strictSame(found, [line, columns, [line + 1, line + 2]], text)
  }
  const { reading } = await read(Buffer.from(`Leads of November,,,\n,,,\n${NAMES}\n${ANN}\n`))
  t.strictSame(reading.header, {
    line: 3,
    basis: 'guess',
    skipped: [{ line: 1, text: 'Leads of November' }]
  })
})

void t.test('names that are not known are names where no value is among them', async (t) => {
  const finnish = 'Etunimi;Sukunimi;Sähköposti;Puhelinnumero'
  const row = 'Aino;Virtanen;aino@head.example;+358401234567'
  t.strictSame(await look(`${finnish}\n${row}\n`), [1, finnish.split(';'), [2]])
  t.strictSame(await look(`Liidit;;;\n${finnish}\n${row}\n`), [2, finnish.split(';'), [3]])
})

void t.test('a list without names keeps its first row', async (t) => {
  const numbered = ['Column 1', 'Column 2', 'Column 3', 'Column 4']
  t.strictSame(await look(`${ANN}\n${BOB}\n`), [null, numbered, [1, 2]])
  t.strictSame(await look(`${NAMES}\n${ANN}\n`, 0), [null, numbered, [1, 2]])
})

void t.test('headerRow names the row', async (t) => {
  const file = `Name,Email,Phone,City\n,,,\n${NAMES}\n${ANN}\n`
  t.strictSame(await look(file), [1, ['Name', 'Email', 'Phone', 'City'], [3, 4]])
  t.strictSame(await look(file, 3), [3, columns, [4]])
  await t.rejects(look(file, 2), { message: 'header_row_missing' })
  await t.rejects(look(file, 9), { message: 'header_row_missing' })
  await t.rejects(look(`x\n${ANN}\n${'y'.repeat(1_000_001)}`, 3), { message: 'header_unreadable' })
})

void t.test('the names are looked for at the beginning only', async (t) => {
  const rows = Array.from({ length: 30 }, (_, at) => `p${at}@head.example,x`)
  const { rows: found, reading } = await read(Buffer.from([...rows, 'Email,Name'].join('\n')))
  t.equal(reading.header?.line, null)
  t.equal(found.length, 31)
})

void t.test('a workbook has titles above its names too', async (t) => {
  const cell = (text: string, at: number) =>
    `<c r="${'ABCD'.charAt(at)}1" t="str"><v>${text}</v></c>`
  const row = (line: number, texts: string) =>
    `<row r="${line}">${texts.split(',').map(cell).join('')}</row>`
  const file = writeXlsx({ rows: row(1, 'Leads of November') + row(4, NAMES) + row(5, ANN) })
  const { reading, columns: found, rows } = await read(file, { format: 'xlsx' })
  t.strictSame(reading.header, {
    line: 4,
    basis: 'guess',
    skipped: [{ line: 1, text: 'Leads of November' }]
  })
  t.strictSame([found, rows.map(({ line }) => line)], [columns, [5]])
  const named = await read(file, { format: 'xlsx', headerRow: 5 })
  t.equal(named.columns[0], 'Ann')
})

void t.test('the names inside the data are no row, and are told', async (t) => {
  const file = [NAMES, ANN, ` ${NAMES},`, BOB, NAMES, 'Email,Phone,,', ''].join('\n')
  for (const headerRow of [null, 1]) {
    const { reading, rows } = await read(Buffer.from(file), { headerRow })
    t.strictSame(
      rows.map(({ line }) => line),
      [2, 4, 6]
    )
    t.strictSame(reading.header?.skipped, [
      { line: 3, text: columns.join(' | ') },
      { line: 5, text: columns.join(' | ') }
    ])
  }
  const many = [NAMES, ...Array<string>(150).fill(`${NAMES}\n${ANN}`)].join('\n')
  const { reading, rows } = await read(Buffer.from(many))
  t.strictSame([rows.length, reading.header?.skipped.length], [150, 100])
  const unknown = await look(`Etunimi\nAino\nAino\n`)
  t.strictSame(unknown[2], [2, 3], 'rows that are equal are rows')
  t.strictSame((await look(`Aino\nAino\nElli\n`))[2], [2, 3], 'also below a first row of data')
})

void t.test('names of groups in merged cells stand above the names', async (t) => {
  const groups = 'Klient;;Kontakt;;Pojazd'
  const names = 'Imię;Nazwisko;Telefon;E-mail;Marka'
  const row = 'Ewa;Lis;601234567;ewa@head.example;Kia'
  t.strictSame(await look(`${groups}\n${names}\n${row}\n`), [2, names.split(';'), [3]])
  const upright = await look(
    `Lp.;Klient;;E-mail\n;Nazwisko;Telefon;\n1;Lis;601234567;ewa@head.example\n`
  )
  t.strictSame(upright, [2, ['Lp.', 'Nazwisko', 'Telefon', 'E-mail'], [3]])
  const two = await look(
    `Klient;;Doradca;\nNazwisko;Telefon;Nazwisko;Telefon\nLis;601234567;Kot;602\n`
  )
  t.strictSame(two[1], ['Klient Nazwisko', 'Klient Telefon', 'Doradca Nazwisko', 'Doradca Telefon'])
  const plain = await look(`Name;Email;Phone;City\nEwa;ewa@head.example;;Opole\n`)
  t.strictSame(plain[2], [2])
})

void t.test('a column without a name at the end is one where most rows have it', async (t) => {
  const named = 'Name;Phone;\nJan Kos;601234567;Kia Ceed\nEwa Lis;601234568;Opel Astra\n'
  const { columns, rows } = await read(Buffer.from(named))
  t.strictSame(columns, ['Name', 'Phone', 'Column 3'])
  t.equal(rows[0]?.cells[2], 'Kia Ceed')
  const left = 'Name;Phone;;\nJan Kos;601234567;;\nEwa Lis;601234568;x\nOla Kot;601234569;;\n'
  t.strictSame((await read(Buffer.from(left))).columns, ['Name', 'Phone'])
})
