import vm from 'node:vm'
import t from 'tap'

import { readMoney, readOdometer } from '../../../src/domain/imports/read-cell.ts'

void t.test('amounts as people write them', async (t) => {
  const cases: Record<string, [string, string] | null> = {
    '79 900 zł': ['79900', 'PLN'],
    'PLN 79900': ['79900', 'PLN'],
    '€ 1.200,50': ['1200.50', 'EUR'],
    '-1,200.50 usd': ['-1200.50', 'USD'],
    '1.200,- zł': null,
    '12': ['12', 'CZK'],
    '1 2x1': null,
    zł: null
  }
  for (const [text, expected] of Object.entries(cases)) {
    const [amount, currency] = expected ?? []
    t.strictSame(readMoney(text, 'CZK'), expected && { amount, currency }, text)
  }
})

void t.test('distances as people write them', async (t) => {
  const cases: Record<string, [number, string] | null> = {
    '120 000 km': [120_000, 'km'],
    '120.000 km.': [120_000, 'km'],
    '75,000 Miles': [75_000, 'mi'],
    '12 000. km': [12_000, 'km'],
    '12000.': [12_000, 'km'],
    '12 parsecs': null,
    km: null
  }
  for (const [text, expected] of Object.entries(cases)) {
    const [value, unit] = expected ?? []
    t.strictSame(readOdometer(text, 'km'), expected && { value, unit, status: null }, text)
  }
})

// Guards the patterns: a cell of a number, 10,000 blanks and a number took minutes.
void t.test('the longest cell is read at once', async (t) => {
  const readers = {
    readMoney: (text: string) => readMoney(text, 'PLN'),
    readOdometer: (text: string) => readOdometer(text, 'km')
  }
  for (const [name, read] of Object.entries(readers)) {
    for (const sign of [' ', ',', '1', '1,', '\t', 'x']) {
      const text = `1${sign.repeat(10_000 / sign.length - 4)}x1`
      const run = () => read(text)
      t.equal(vm.runInNewContext('run()', { run }, { timeout: 10_000 }), null, `${name} ${sign}`)
    }
  }
})
