import fc from 'fast-check'
import t from 'tap'

import { guardCell, unguardCell } from '../../src/domain/imports/guard-cell.ts'
import { DEFAULT_CSV, writeCsvHead, writeCsvRows } from '../../src/csv/write-csv.ts'

void t.test(
  'a cell that a spreadsheet would take for a formula has an apostrophe before it',
  (t) => {
    const dangerous = [
      '=1+1',
      "=cmd|' /C calc'!A0",
      '+48601234567',
      '-2+3',
      '-cmd|x',
      '@SUM(A1)',
      '  =1+1',
      '\u00A0=1',
      '\t=1',
      '\tx',
      '\rx',
      '\nx',
      '＝1+1',
      '＋1',
      '－1',
      '＠x',
      "'=1",
      "''=1"
    ]
    for (const text of dangerous) t.equal(guardCell(text), `'${text}`, JSON.stringify(text))
    for (const text of ['', 'a=1', '5', '-5', '-2.50', "O'Neil", "'quoted'", ' x', 'ąę', '1-2']) {
      t.equal(guardCell(text), text)
    }
    t.end()
  }
)

void t.test('an import gets exactly what was exported', (t) => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '5', '.', ' ', '\t', '\n', 'x') })
  )
  fc.assert(
    fc.property(text, (given) => unguardCell(guardCell(given)) === given),
    { numRuns: 1000 }
  )
  t.end()
})

void t.test('rows are written as RFC 4180 defines them', (t) => {
  const rows = [
    ['a', 1, -2.5, true, null],
    ['x"y', 'line\nbreak', 'a,b', 'a;=1', 'a\tb'],
    ['=1', "it's", '', 'ż', '-7']
  ]
  t.equal(
    writeCsvRows(rows, DEFAULT_CSV),
    'a,1,-2.5,true,\r\n' + '"x""y","line\nbreak","a,b","a;=1","a\tb"\r\n' + "'=1,it's,,ż,-7\r\n"
  )
  t.equal(
    writeCsvRows([['a;b', 'c']], { separator: 'semicolon', bom: true, guarded: true }),
    '"a;b";c\r\n'
  )
  t.equal(
    writeCsvHead(['a', 'b'], { separator: 'tab', bom: true, guarded: true }),
    '\uFEFFa\tb\r\n'
  )
  t.equal(writeCsvRows([], DEFAULT_CSV), '')
  t.end()
})

void t.test('a plain CSV has texts as they are, between quotes where they need them', (t) => {
  const style = { ...DEFAULT_CSV, guarded: false }
  t.equal(
    writeCsvRows([['+48601234567', '=1+1', 'a,b', 5, null]], style),
    '+48601234567,=1+1,"a,b",5,\r\n'
  )
  t.end()
})
