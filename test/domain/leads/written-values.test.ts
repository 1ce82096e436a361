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
    '20000 ono': ['20000', 'CZK'],
    '£8,995 ono': ['8995', 'GBP'],
    '79900 netto': ['79900', 'CZK'],
    'brutto 79900': ['79900', 'CZK'],
    '79900 netto zł': ['79900', 'PLN'],
    'PLN 79900 netto': ['79900', 'PLN'],
    'VB 15.990 €': ['15990', 'EUR'],
    '15.990 € VB': ['15990', 'EUR'],
    '15.990 € (VB)': ['15990', 'EUR'],
    '15.990,- EUR inkl. MwSt.': ['15990', 'EUR'],
    'cena do 79 900 zł': ['79900', 'PLN'],
    '~ 79 900': ['79900', 'CZK'],
    '15’990': ['15990', 'CZK'],
    '15´990 CHF': ['15990', 'CHF'],
    '12,34,567': ['1234567', 'CZK'],
    'Rs. 12,34,567/-': ['1234567', 'INR'],
    '₹ 5 lakh': ['500000', 'INR'],
    '1.2 crore INR': ['12000000', 'INR'],
    '¥1,200,000': ['1200000', 'JPY'],
    '12000 dólares': ['12000', 'USD'],
    '1.5 millones': ['1500000', 'CZK'],
    '1.5 millones de euros': ['1500000', 'EUR'],
    '15.990 €¹': ['15990', 'EUR'],
    '15.990¹ €': ['15990', 'EUR'],
    '15.990 € ²⁾': ['15990', 'EUR'],
    '15.990 €†': ['15990', 'EUR'],
    '15 990,- zł*': ['15990', 'PLN'],
    '15 990 zł (1)': ['15990', 'PLN'],
    '15.990 €[1] ': ['15990', 'EUR'],
    'USD 15,990.00*': ['15990.00', 'USD'],
    '350 mil pesos': null,
    '1.23,456': null,
    '79900 Kia': null,
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

void t.test('words of several currencies mean that of the dealer', async (t) => {
  for (const [text, own, currency] of [
    ['350 mil pesos', 'MXN', 'MXN'],
    ['12000 dólares', 'MXN', 'USD'],
    ['12000 dollars', 'CAD', 'CAD'],
    ['¥90000', 'CNY', 'CNY'],
    ['90 000 kr', 'SEK', 'SEK']
  ] as const) {
    t.equal(readMoney(text, own)?.currency, currency, text)
  }
  t.equal(readMoney('90 000 kr', 'PLN'), null)
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
    '85’000 km': [85_000, 'km'],
    '85 000 км': [85_000, 'km'],
    'ok. 85 000': [85_000, 'km'],
    'km 85000': [85_000, 'km'],
    'unter 100.000 km': [100_000, 'km'],
    '85.000 km (abgelesen)': [85_000, 'km'],
    'przebieg: 85 000 km': [85_000, 'km'],
    'km 85000 mi': null,
    'Kia 85000 km': null,
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
    '17': 2017,
    '98': 1998,
    '42': null,
    '00': null,
    '03/17': 2017,
    '03.17': 2017,
    '17/03': 2017,
    '12.05.19': 2019,
    '05/25/19': 2019,
    'EZ 03/17': 2017,
    '19/20': null,
    '14.17': null,
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
