import vm from 'node:vm'
import t from 'tap'

import { readModelYear } from '../../../src/domain/leads/model-year.ts'

import { readFlag, readMoney, readOdometer } from '../../../src/domain/leads/written-values.ts'

void t.test('amounts as people write them', async (t) => {
  const cases: Record<string, [string, string] | null> = {
    '79 900 zł': ['79900', 'PLN'],
    'PLN 79900': ['79900', 'PLN'],
    '€ 1.200,50': ['1200.50', 'EUR'],
    '-1,200.50 usd': ['-1200.50', 'USD'],
    '1.200,- zł': ['1200', 'PLN'],
    '$20,000': ['20000', 'USD'],
    '20.000,00 zł': ['20000.00', 'PLN'],
    '€ 20 000': ['20000', 'EUR'],
    '20k': ['20000', 'CZK'],
    '20.5k zł': ['20500', 'PLN'],
    '120 tys. zł': ['120000', 'PLN'],
    '20 mil €': ['20000', 'EUR'],
    '$20,000 CAD': ['20000', 'CAD'],
    '79 900 zł brutto': ['79900', 'PLN'],
    '20000 ono': null,
    '79900 80000': null,
    '2019 15000': null,
    '79900  79900': null,
    '79900, 80000': null,
    '79 900 120 000': null,
    '1 2': null,
    '79900 tys. zł': null,
    '79\u00a0900,50 zł': ['79900.50', 'PLN'],
    "1'200'000": ['1200000', 'CZK'],
    '€20 zł': null,
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
    '120 tys. km': [120_000, 'km'],
    '85k': [85_000, 'km'],
    '85k miles': [85_000, 'mi'],
    '120 tkm': [120_000, 'km'],
    '120 mil km': [120_000, 'km'],
    '85 mil': [85, 'mi'],
    '85 000 mil': [85_000, 'mi'],
    '42.5': [42.5, 'km'],
    '12000 15000': null,
    '42,500 km': [42_500, 'km'],
    '12 parsecs': null,
    km: null
  }
  for (const [text, expected] of Object.entries(cases)) {
    const [value, unit] = expected ?? []
    t.strictSame(
      readOdometer(text, { unit: 'km', country: 'PL' }),
      expected && { value, unit, status: null },
      text
    )
  }
})

void t.test('mil is a thousand where people speak Spanish', (t) => {
  const inSpain = (text: string) => readOdometer(text, { unit: 'km', country: 'ES' })
  for (const text of ['120mil', '120 mil', '120 mil km']) {
    t.strictSame(inSpain(text), { value: 120_000, unit: 'km', status: null }, text)
  }
  t.equal(inSpain('120.000 mil'), null)
  t.end()
})

void t.test('years as people write them', (t) => {
  const cases: Record<string, number | null> = {
    '2019': 2019,
    '2 020': 2020,
    '2,020': 2020,
    "'19": 2019,
    '’98': 1998,
    MY2022: 2022,
    'MY 22': 2022,
    '2019/2020': null,
    '2019/20': null,
    '05/2019': 2019,
    '12.05.2019': 2019,
    '2019-05-12': 2019,
    '2019 r.': 2019,
    'rok 2019': 2019,
    'Peugeot 2008': null,
    '19': null,
    '12019': null
  }
  for (const [text, year] of Object.entries(cases)) t.equal(readModelYear(text), year, text)
  t.end()
})

void t.test('yes and no', (t) => {
  for (const text of [
    'Yes',
    'SÍ',
    'tak',
    'Tak, wyrażam zgodę',
    'Yes, I agree',
    'accepted',
    '✓',
    'on',
    'Ja'
  ]) {
    t.equal(readFlag(text), true, text)
  }
  for (const text of [
    'No',
    'No, opt out',
    'Nie, nie wyrażam zgody',
    'brak zgody',
    'opt-out',
    'Nein',
    '☐',
    'fałsz'
  ]) {
    t.equal(readFlag(text), false, text)
  }
  t.equal(readFlag('maybe'), null)
  t.end()
})

// Guards the patterns: a cell of a number, 10,000 blanks and a number took minutes.
void t.test('the longest cell is read at once', async (t) => {
  const readers = {
    readMoney: (text: string) => readMoney(text, 'PLN'),
    readOdometer: (text: string) => readOdometer(text, { unit: 'km', country: 'PL' })
  }
  for (const [name, read] of Object.entries(readers)) {
    for (const sign of [' ', ',', '1', '1,', '\t', 'x']) {
      const text = `1${sign.repeat(10_000 / sign.length - 4)}x1`
      const run = () => read(text)
      t.equal(vm.runInNewContext('run()', { run }, { timeout: 10_000 }), null, `${name} ${sign}`)
    }
  }
})
