import t from 'tap'
import { readCountry } from '../../../src/domain/text/country-names.ts'
import { formatRequestDate } from '../../../src/domain/adf/dates.ts'
import { parseDayOrTime } from '../../../src/domain/clock/day-or-time.ts'
import { parseTimestamp, readInstant } from '../../../src/domain/clock/written-instant.ts'
import { readDecimal } from '../../../src/domain/leads/written-values.ts'
import { joinNotes, splitNotes } from '../../../src/domain/adf/notes.ts'
import { readOne } from '../../adf/documents.ts'

void t.test('decimals are parsed, and other text is refused', (t) => {
  const cases: Record<string, string | null> = {
    '26995': '26995',
    '26,995': '26995',
    '1,234,567.89': '1234567.89',
    '26 995': '26995',
    '26.995,50': '26995.50',
    '26,99': '26.99',
    '-500': '-500',
    '+500': '500',
    '0.00': '0.00',
    '26.995': '26995',
    '1.234.567': '1234567',
    '1,23,456': '123456',
    '1-2': null,
    '': null,
    ['9'.repeat(16)]: null
  }
  for (const [text, expected] of Object.entries(cases)) t.equal(readDecimal(text), expected, text)
  t.end()
})

void t.test('prices', (t) => {
  const price = (xml: string) =>
    readOne(`<adf><prospect><vehicle><make>A</make>${xml}</vehicle></prospect></adf>`)
  const money = (xml: string) => {
    const found = price(xml).vehicles[0]?.price
    return found ? `${found.amount} ${found.currency}` : null
  }
  t.equal(money('<price>$26,995</price>'), '26995 CAD')
  t.equal(money('<price>£ 500</price>'), '500 GBP')
  t.equal(money('<price>26 995 PLN</price>'), '26995 PLN')
  t.equal(money('<price>120 zł</price>'), '120 PLN')
  t.equal(money('<price currency="usd">10</price>'), '10 USD')
  t.equal(money('<price>call us</price>'), null)
  t.equal(price('<price>call us</price>').unmapped[0]?.text, 'call us')

  t.equal(price('<price>$26,995</price>').vehicles[0]?.price?.currencyAssumed, true)
  t.equal(price('<price>26 995 PLN</price>').vehicles[0]?.price?.currencyAssumed, undefined)

  const contradicting = price('<price currency="USD">€10</price>')
  t.equal(contradicting.vehicles[0]?.price?.currency, 'EUR')
  t.equal(contradicting.unmapped[0]?.text, 'USD', 'the other currency stays visible')
  t.end()
})

void t.test('points in time', (t) => {
  const cases: Record<string, string | null> = {
    '2000-03-30T15:30:20-08:00': '2000-03-30T15:30:20-08:00',
    '20000330T153020+0100': '2000-03-30T15:30:20+01:00',
    '2018-04-12T16:30:20Z': '2018-04-12T16:30:20Z',
    '2026-01-19 16:40:00 -0600': '2026-01-19T16:40:00-06:00',
    '2000-03-30T15:30:20-08:0': null,
    '2000-03-30T15:30:20': null,
    '2000-02-30T15:30:20Z': null,
    '2000-03-30T24:00:00Z': '2000-03-31T00:00:00Z',
    '2000-03-30T24:00:01Z': null,
    '2000-03-30T15:30:20+25:00': null,
    NA: null
  }
  for (const [text, expected] of Object.entries(cases)) {
    t.equal(parseTimestamp(text), expected, text)
  }
  const days: Record<string, string | null> = {
    '2026-02-28': '2026-02-28',
    '2026-02-31': null,
    '28.02.2026': '2026-02-28',
    '3/4/2026': '2026-04-03',
    '15 de marzo de 2026': '2026-03-15',
    '2026-03-15T10:00:00+01:00': '2026-03-15T10:00:00+01:00',
    '15.03.2026 10:30': '2026-03-15T09:30:00.000Z',
    soon: null
  }
  for (const [text, expected] of Object.entries(days)) {
    t.equal(parseDayOrTime(text, { country: 'PL', timeZone: 'Europe/Warsaw' }), expected, text)
  }

  const received = new Date('2026-05-01T10:00:00.123Z')
  t.equal(formatRequestDate(null, received), '2026-05-01T10:00:00+00:00')
  t.equal(formatRequestDate('rubbish', received), '2026-05-01T10:00:00+00:00')
  t.equal(formatRequestDate('2026-05-01T10:00:00.5Z', received), '2026-05-01T10:00:00+00:00')
  t.equal(
    formatRequestDate('2026-05-01T10:00:00-04:00', received),
    '2026-05-01T10:00:00-04:00',
    "the sender's own offset is kept"
  )
  t.end()
})

void t.test('countries', (t) => {
  const cases: Record<string, string | null> = {
    us: 'US',
    USA: 'US',
    Canada: 'CA',
    Polska: 'PL',
    México: 'MX',
    Espana: 'ES',
    DEUTSCHLAND: 'DE',
    Niemcy: 'DE',
    D: 'DE',
    'PL - Polska': 'PL',
    'Poland (PL)': 'PL',
    'PL - Germany': null,
    Украина: 'UA',
    Атлантида: null,
    Україна: 'UA',
    '98002-3903': null,
    constructor: null
  }
  for (const [text, expected] of Object.entries(cases)) t.equal(readCountry(text), expected, text)
  t.end()
})

void t.test('notes come apart as they were put together', (t) => {
  const notes = [
    { label: 'utm_source', text: 'spring' },
    { label: 'prospect/vehicle[1]/a', text: 'one\n    two\n\nthree: four' },
    { label: 'prospect/vehicle[1]/certified', text: '' }
  ]
  t.strictSame(splitNotes(joinNotes('Hello', notes) ?? ''), { message: 'Hello', notes })
  t.strictSame(splitNotes(joinNotes(null, notes) ?? ''), { message: null, notes })
  t.equal(joinNotes('Hello', []), 'Hello')

  // A person can paste an earlier mail of ours; their words stay theirs.
  const pasted = joinNotes('Hi', notes) ?? ''
  t.strictSame(splitNotes(joinNotes(pasted, []) ?? ''), { message: pasted, notes: [] })
  t.end()
})

void t.test("times without an offset are of the dealer's zone", (t) => {
  const warsaw = { timeZone: 'Europe/Warsaw', country: 'PL' } as const
  const cases: Record<string, string | null> = {
    '2026-11-20T18:07': '2026-11-20T17:07:00.000Z',
    '2026-11-20 14:05:11': '2026-11-20T13:05:11.000Z',
    '2026-07-20T14:05:11.250': '2026-07-20T12:05:11.250Z',
    '20261120T140511': '2026-11-20T13:05:11.000Z',
    '2026/11/20 2:05 PM': '2026-11-20T13:05:00.000Z',
    '20.11.2026 14:05': '2026-11-20T13:05:00.000Z',
    '20.11.26, 14:05': '2026-11-20T13:05:00.000Z',
    '11/12/2026 12:30 a.m.': '2026-12-10T23:30:00.000Z',
    '11/20/2026 12:30PM': '2026-11-20T11:30:00.000Z',
    'Fri, 20 Nov 2026 14:05:11 +0100': '2026-11-20T13:05:11.000Z',
    'Nov 20, 2026 2:05 pm': '2026-11-20T13:05:00.000Z',
    '20 November 2026': '2026-11-19T23:00:00.000Z',
    '2026-11-20T18:07:00 GMT': '2026-11-20T18:07:00.000Z',
    '2026-11-20T18:07:00-05:00': '2026-11-20T18:07:00-05:00',
    '2026-02-30 10:00': null,
    '2026-11-20 25:00': null,
    '11/20/2026 13:05 PM': '2026-11-20T12:05:00.000Z',
    '1795179600': '2026-11-20T13:00:00.000Z',
    '20 listopada 2026, godz. 14:05': '2026-11-20T13:05:00.000Z',
    '20. Dezember 2026 um 14:05 Uhr': '2026-12-20T13:05:00.000Z',
    soon: null,
    NA: null
  }
  for (const [text, expected] of Object.entries(cases)) {
    t.equal(readInstant(text, warsaw), expected, text)
  }
  const chicago = { timeZone: 'America/Chicago', country: 'US' } as const
  t.equal(readInstant('11/12/2026 8:00 AM', chicago), '2026-11-12T14:00:00.000Z')
  t.equal(readInstant('11.12.2026 08:00', chicago), '2026-12-11T14:00:00.000Z')
  t.equal(readInstant(`2026-11-20${' '.repeat(100_000)}x`, chicago), null)
  t.end()
})
