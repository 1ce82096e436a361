import vm from 'node:vm'
import t from 'tap'

import { parseDayOrTime } from '../../../src/domain/clock/day-or-time.ts'
import { readInstant } from '../../../src/domain/clock/written-instant.ts'
import {
  orderInCountry,
  readDay,
  readTime,
  shownOrder
} from '../../../src/domain/clock/written-time.ts'
import type { DateOrder } from '../../../src/domain/clock/written-time.ts'

const inNewYork = (text: string, order: DateOrder | null = null) =>
  readTime(text, { order, timeZone: 'America/New_York' })
const inWarsaw = (text: string, order: DateOrder | null = null) =>
  readTime(text, { order, timeZone: 'Europe/Warsaw' })

void t.test('days in numbers and in words of four languages', async (t) => {
  const cases: Record<string, string | null> = {
    '2026-11-20': '2026-11-20',
    '2026/11/2': '2026-11-02',
    '2026.11.20.': '2026-11-20',
    '20261120': '2026-11-20',
    '20.11.2026': '2026-11-20',
    '20. 11. 2026': '2026-11-20',
    '15-11-26': '2026-11-15',
    '20-11-26': null,
    '26-11-05': '2026-11-05',
    '99-11-05': '1999-11-05',
    '15-11-05': '2005-11-15',
    '11/20/2026': '2026-11-20',
    '11/20/75': '1975-11-20',
    '20 Nov 2026': '2026-11-20',
    '20-Nov-26': '2026-11-20',
    'Nov 20, 2026': '2026-11-20',
    'Friday, November 20th, 2026': '2026-11-20',
    'Fri 20 Nov 2026': '2026-11-20',
    '20 de noviembre de 2026': '2026-11-20',
    'viernes, 20 nov. 2026': '2026-11-20',
    '20 listopada 2026': '2026-11-20',
    '20 listopada 2026 r.': '2026-11-20',
    '20 paź 2026': '2026-10-20',
    '20 XI 2026': '2026-11-20',
    'pt., 20 lis 2026': '2026-11-20',
    '20. März 2026': '2026-03-20',
    'Fr., 20. Dez. 2026': '2026-12-20',
    '45981': '2025-11-20',
    '20.11.2026 00:00:00': '2026-11-20',
    '11/11/2026': '2026-11-11',
    '11/12/2026': null,
    '20 Nov 2026 3:45 PM': null,
    '30.02.2026': null,
    '32/11/2026': null,
    '13/13/2026': null,
    '20 smarch 2026': null,
    '20 Nov Dec 2026': null,
    '2026': null,
    'next week': null,
    '601 234 567': null,
    '20/11/2026?': null,
    '': null
  }
  for (const [text, day] of Object.entries(cases)) t.equal(readDay(text, null), day, text)
})

void t.test('the order is asked for only where a day can be read in two ways', async (t) => {
  const orders = ['dmy', 'mdy', 'ymd', null] as const
  const read = (text: string) => orders.map((order) => readDay(text, order))
  t.strictSame(read('3/4/2026'), ['2026-04-03', '2026-03-04', null, null])
  t.strictSame(read('3/4/26'), ['2026-04-03', '2026-03-04', '2003-04-26', null])
  t.strictSame(read('25/4/2026'), Array(4).fill('2026-04-25'))
  t.strictSame(read('4/25/2026'), Array(4).fill('2026-04-25'))
  t.strictSame(read('2026-03-04'), Array(4).fill('2026-03-04'))
  t.strictSame(
    ['3/4/2026', '3.4.2026', '25/4/26', '4-25-2026', '2026-3-4', '4 Mar 26', '5/6'].map(shownOrder),
    ['either', 'dotted', 'dmy', 'mdy', 'sure', 'sure', null]
  )
  t.strictSame(['20-11-26', '26-11-05'].map(shownOrder), ['yearOpen', 'ymd'])
  t.strictSame(read('20-11-26'), ['2026-11-20', null, '2020-11-26', null])
  t.strictSame(read('26-11-05'), ['2005-11-26', null, '2026-11-05', '2026-11-05'])
})

void t.test('a day alone is read as people of the country write it', async (t) => {
  const read = (text: string) =>
    ['US', 'PL'].map((country) => readDay(text, orderInCountry(text, country)))
  t.strictSame(read('05.11.2026'), ['2026-11-05', '2026-11-05'])
  t.strictSame(read('05/11/2026'), ['2026-05-11', '2026-11-05'])
  t.strictSame(read('26-11-05'), ['2026-11-05', '2026-11-05'])
  t.strictSame(read('25-11-30'), [null, null])
  t.strictSame(read('20-11-26'), [null, '2026-11-20'])
})

void t.test('times of the zone, with halves of the day, offsets and names of zones', async (t) => {
  const cases: Record<string, string | null> = {
    '11/20/2026 3:45 PM': '2026-11-20T20:45:00.000Z',
    '11/20/2026, 3:45:10 p.m.': '2026-11-20T20:45:10.000Z',
    '20/11/2026 3:45:10 p. m.': '2026-11-20T20:45:10.000Z',
    '20/11/2026 3:45 p.\u00a0m.': '2026-11-20T20:45:00.000Z',
    'Nov 20, 2026, 3:45\u202fPM': '2026-11-20T20:45:00.000Z',
    'Nov 20, 2026 at 12:05am': '2026-11-20T05:05:00.000Z',
    '2026-11-20 12:05 PM': '2026-11-20T17:05:00.000Z',
    '2026-11-20 3 PM': '2026-11-20T20:00:00.000Z',
    '2026-11-20T18:22:05-05:00': '2026-11-20T23:22:05.000Z',
    '2026-11-20T18:22:05+0000': '2026-11-20T18:22:05.000Z',
    '2026-11-20T18:22:05.123456Z': '2026-11-20T18:22:05.123Z',
    '20261120T182205Z': '2026-11-20T18:22:05.000Z',
    '2026-11-20 18:22 UTC': '2026-11-20T18:22:00.000Z',
    '20.11.2026 18:22 CET': '2026-11-20T17:22:00.000Z',
    'Fri, 20 Nov 2026 18:22:05 +0100': '2026-11-20T17:22:05.000Z',
    'Fri Nov 20 2026 18:22:05 GMT+0100 (Central European Standard Time)':
      '2026-11-20T17:22:05.000Z',
    '18:22 20.11.2026': '2026-11-20T23:22:00.000Z',
    '45981.62': '2025-11-20T19:52:48.000Z',
    '45981,5': '2025-11-20T17:00:00.000Z',
    '20.11.2026': '2026-11-20T05:00:00.000Z',
    '20.11.2026 25:00': null,
    '20.11.2026 13:05 AM': null,
    '20.11.2026 10:75': null,
    '20.11.2026 10:05 Nowhere': null,
    '10:05': null
  }
  for (const [text, time] of Object.entries(cases)) t.equal(inNewYork(text), time, text)
  t.equal(inWarsaw('20 listopada 2026 o godz. 15:45'), '2026-11-20T14:45:00.000Z')
  t.equal(inWarsaw('20.11.2026 15:45 Uhr'), '2026-11-20T14:45:00.000Z')
  t.equal(inWarsaw('03.04.2026 15:45', 'dmy'), '2026-04-03T13:45:00.000Z')
})

void t.test('rarer ways of writing a time are the same time', async (t) => {
  const cases: Record<string, string> = {
    '20.11.2026 15.45': '2026-11-20T14:45:00.000Z',
    '2026.11.20 15.45': '2026-11-20T14:45:00.000Z',
    '20.11.26, 15.45.10': '2026-11-20T14:45:10.000Z',
    '2026-11-20 15h45': '2026-11-20T14:45:00.000Z',
    '20/11/2026 15h': '2026-11-20T14:00:00.000Z',
    '20.11.2026 15 Uhr': '2026-11-20T14:00:00.000Z',
    '20/11/2026 15:45 hs': '2026-11-20T14:45:00.000Z',
    '20261120154500': '2026-11-20T14:45:00.000Z',
    '202611201545': '2026-11-20T14:45:00.000Z',
    '20261120154500Z': '2026-11-20T15:45:00.000Z',
    '2026-11-20_15-45-00': '2026-11-20T14:45:00.000Z',
    '2026-11-20t15:45:00z': '2026-11-20T15:45:00.000Z',
    '2026-11-20T15:45:00+01:00[Europe/Warsaw]': '2026-11-20T14:45:00.000Z',
    '2026-11-20T15:45:00[America/New_York]': '2026-11-20T20:45:00.000Z',
    '2026-11-20 15:45:00 America/New_York': '2026-11-20T20:45:00.000Z',
    '2026-11-20 15:45 GMT+1': '2026-11-20T14:45:00.000Z',
    '2026-11-20 15:45 UTC -5:30': '2026-11-20T21:15:00.000Z',
    '2026-11-20 15:45 GMT +01:00': '2026-11-20T14:45:00.000Z',
    '2026-11-20 15:45:00 +0100 CET': '2026-11-20T14:45:00.000Z',
    '="2026-11-20 15:45"': '2026-11-20T14:45:00.000Z',
    "'20.11.2026": '2026-11-19T23:00:00.000Z',
    '2026‑11‑20': '2026-11-19T23:00:00.000Z',
    '20\u221211\u22122026': '2026-11-19T23:00:00.000Z',
    '2026年11月20日': '2026-11-19T23:00:00.000Z',
    '2026年11月20日(金) 15時45分': '2026-11-20T14:45:00.000Z',
    '2026년 11월 20일 오후 3:45': '2026-11-20T14:45:00.000Z',
    '٢٠/١١/٢٠٢٦': '2026-11-19T23:00:00.000Z',
    '２０２６／１１／２０': '2026-11-19T23:00:00.000Z',
    'dn. 20.11.2026': '2026-11-19T23:00:00.000Z',
    'w dniu 20.11.2026 o 15.45': '2026-11-20T14:45:00.000Z',
    'Fecha: 20/11/2026': '2026-11-19T23:00:00.000Z',
    '20 novembre 2026 à 15h45': '2026-11-20T14:45:00.000Z',
    '20.11.2026 - 15:45': '2026-11-20T14:45:00.000Z'
  }
  for (const [text, time] of Object.entries(cases)) t.equal(inWarsaw(text), time, text)
  for (const text of [
    '601234567890',
    '600 12.34',
    'ok. 12.30',
    '31.02.2026 15.45',
    '20.11.2026 25.00'
  ])
    t.equal(inWarsaw(text), null, text)
})

void t.test('parts of a second are kept, and 24:00 is the end of the day', (t) => {
  const times: Record<string, string | null> = {
    '2026-11-20 15:45:30.5': '2026-11-20T14:45:30.500Z',
    '20.11.2026 15:45:30,123': '2026-11-20T14:45:30.123Z',
    '20261120T154530.123Z': '2026-11-20T15:45:30.123Z',
    '20261120154530123': '2026-11-20T14:45:30.123Z',
    '20-NOV-26 03.45.00.123000 PM': '2026-11-20T14:45:00.123Z',
    '2026-11-20 24:00': '2026-11-20T23:00:00.000Z',
    '31.12.2026 24:00:00 +01:00': '2026-12-31T23:00:00.000Z',
    '2026-11-20T24:00:00Z': '2026-11-21T00:00:00.000Z',
    '2026-11-20 24:00:00.001': null,
    '2026-11-20 24:30': null,
    '2026-11-20 24:00 PM': null
  }
  for (const [text, time] of Object.entries(times)) t.equal(inWarsaw(text), time, text)
  t.equal(readDay('2026-12-31 24:00', null), '2027-01-01')
  t.end()
})

void t.test('days of ISO 8601 by weeks and by the year', (t) => {
  const days: Record<string, string | null> = {
    '2026-W10-2': '2026-03-03',
    '2026W102': '2026-03-03',
    '2026-w10-2': '2026-03-03',
    '2026-W01-1': '2025-12-29',
    '2026-W53-7': '2027-01-03',
    '2027-W01-1': '2027-01-04',
    '2021-W01-1': '2021-01-04',
    '2026-061': '2026-03-02',
    '2026-365': '2026-12-31',
    '2024-366': '2024-12-31',
    '2026-366': null,
    '2026-000': null,
    '2025-W53-1': null,
    '2026-W00-1': null,
    '2026-W54-1': null,
    '2026-W10-8': null,
    '2026-W12-10': null,
    '2026-W10': null,
    '2026061': null,
    '1026-061': null
  }
  for (const [text, day] of Object.entries(days)) t.equal(readDay(text, null), day, text)
  t.equal(inWarsaw('2026-W10-2T10:00:00Z'), '2026-03-03T10:00:00.000Z')
  t.equal(inWarsaw('2026-061 10:00'), '2026-03-02T09:00:00.000Z')
  t.end()
})

void t.test('an offset whose plus became a blank, and a second that UTC inserts', (t) => {
  const times: Record<string, string | null> = {
    '2026-03-01T10:00:00 02:00': '2026-03-01T08:00:00.000Z',
    '2026-03-01T10:00 05:30': '2026-03-01T04:30:00.000Z',
    '2026-03-01T10:00:00.250 0100': '2026-03-01T09:00:00.250Z',
    '2026-03-01T10:00:00 00:00': '2026-03-01T10:00:00.000Z',
    '2026-03-01 10:00:00 0200': '2026-03-01T08:00:00.000Z',
    '20260301T100000 0200': '2026-03-01T08:00:00.000Z',
    'Sun, 01 Mar 2026 10:00:00 0200': '2026-03-01T08:00:00.000Z',
    'Sun Mar 01 2026 10:00:00 GMT 0200 (CEST)': '2026-03-01T08:00:00.000Z',
    'Sun Mar 01 10:00:00 2026': '2026-03-01T09:00:00.000Z',
    '2026-03-01 10:00 12:00': null,
    '2026-03-01T10:00:00 15:00': null,
    '2026-03-01T10:00:00 02:17': null,
    '2026-03-01T12:30:60Z': '2026-03-01T12:30:59.000Z',
    '2016-12-31T23:59:60Z': '2016-12-31T23:59:59.000Z',
    '20161231T235960Z': '2016-12-31T23:59:59.000Z',
    '31.12.2016 23:59:60': '2016-12-31T22:59:59.000Z',
    '2026-03-01T12:30:61Z': null,
    '2026-03-01T12:60:00Z': null
  }
  for (const [text, time] of Object.entries(times)) t.equal(inWarsaw(text), time, text)
  const reading = { country: 'PL', timeZone: 'Europe/Warsaw' }
  t.equal(readInstant('2026-03-01T12:30:60+01:00', reading), '2026-03-01T12:30:59+01:00')
  t.equal(parseDayOrTime('2026-03-01T12:30:60Z', reading), '2026-03-01T12:30:59Z')
  t.equal(parseDayOrTime('2026-03-01T12:30:59Z', reading), '2026-03-01T12:30:59Z')
  t.end()
})

void t.test('the longest cell is read at once', async (t) => {
  for (const part of [
    '1',
    '1/',
    ' ',
    '1 ',
    'a',
    '1:',
    'nov ',
    '(',
    ')',
    "'",
    '1.',
    '1h',
    '[',
    '1年',
    '-',
    'GMT+',
    '2026-W10-2 ',
    '00:00 ',
    '1 h '
  ]) {
    const text = `1${part.repeat(10_000 / part.length)}x`
    const run = () => [readDay(text, 'dmy'), inWarsaw(text), shownOrder(text.slice(0, 80))]
    t.strictSame(vm.runInNewContext('run()', { run }, { timeout: 1000 }), [null, null, null], part)
  }
})

void t.test('months in more languages, and times as Oracle writes them', (t) => {
  const days = {
    '20 ноября 2026 г.': '2026-11-20',
    '20 листопада 2026': '2026-11-20',
    '20. listopadu 2026': '2026-11-20',
    '20 Kasım 2026': '2026-11-20',
    '20 noiembrie 2026': '2026-11-20',
    '3 мая 2026': '2026-05-03',
    '3 серпня 2026 року': '2026-08-03',
    '3 srp 2026': '2026-08-03',
    '3 lip 2026': '2026-07-03'
  }
  for (const [text, day] of Object.entries(days)) t.equal(readDay(text, null), day, text)
  t.equal(inWarsaw('20-NOV-26 03.45.00.000000 PM'), '2026-11-20T14:45:00.000Z')
  t.equal(inWarsaw('20 ноября 2026 г. 15:45'), '2026-11-20T14:45:00.000Z')
  t.end()
})
