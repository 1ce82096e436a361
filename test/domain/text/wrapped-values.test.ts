import t from 'tap'

import { unwrapped, unwrappedText } from '../../../src/domain/text/wrapped-values.ts'

void t.test('values that programs write as objects of their own are texts', (t) => {
  const cases: [unknown, unknown][] = [
    [{ $date: '2026-11-20T10:15:30.123Z' }, '2026-11-20T10:15:30.123Z'],
    [{ $date: { $numberLong: '1700000000000' } }, '1700000000000'],
    [{ $oid: '65a' }, '65a'],
    [{ $numberInt: 5 }, 5],
    [
      { date: '2026-11-20 10:00:00.000000', timezone_type: 3, timezone: 'Europe/Warsaw' },
      '2026-11-20 10:00:00.000000 Europe/Warsaw'
    ],
    [{ dateTime: '2026-11-20T10:15:30', timeZone: 'UTC' }, '2026-11-20T10:15:30 UTC'],
    [{ __type: 'Date', iso: '2026-11-20T10:15:30Z' }, '2026-11-20T10:15:30Z'],
    [{ _seconds: 1700000000, _nanoseconds: 5000000 }, '1700000000.005000000'],
    [{ _seconds: 1700000000 }, '1700000000'],
    [{ sec: 1700000000, usec: 5000 }, '1700000000.005000'],
    [{ usec: 0, sec: 1700000000 }, '1700000000.000000'],
    [{ tv_sec: 1700000000, tv_nsec: 5 }, '1700000000.000000005'],
    [{ seconds: { $numberLong: '1700000000' }, nanos: 0 }, '1700000000.000000000'],
    [{ $timestamp: { t: 1700000000, i: 1 } }, '1700000000'],
    [{ $timestamp: { t: { $numberInt: '1700000000' }, i: 1 } }, '1700000000'],
    [[2026, 11, 20, 9, 5], '2026-11-20 09:05:00.000000000'],
    [[2026, 11, 20, 9, 5, 7, 123000000], '2026-11-20 09:05:07.123000000']
  ]
  for (const [given, text] of cases) t.equal(unwrapped(given), text, JSON.stringify(given))
  const others = [
    { $date: ['a'] },
    { date: '2026-11-20', time: '10:00' },
    { seconds: 'a', nanos: 1 },
    { sec: 5, count: 1 },
    { _seconds: 90 },
    { seconds: 1700000000 },
    { $timestamp: 'soon' },
    { $timestamp: { t: 5, i: 1 } },
    [2026, 13, 20, 9, 5],
    [2026, 11, 20],
    [1, 2, 3, 4, 5],
    { amount: '1', currency: 'PLN' },
    'text',
    null
  ]
  for (const other of others) t.equal(unwrapped(other), other, JSON.stringify(other))
  t.end()
})

void t.test('their texts are read too, and other texts stay', (t) => {
  const cases = {
    '{"$date":"2026-11-20"}': '2026-11-20',
    'ISODate("2026-11-20T10:15:30Z")': '2026-11-20T10:15:30Z',
    'new Date(1700000000000)': '1700000000000',
    '{"sec":1700000000,"usec":0}': '1700000000.000000',
    '{"$timestamp":{"t":1700000000,"i":1}}': '1700000000',
    'Timestamp(1700000000, 1)': '1700000000',
    'Timestamp({ t: 1700000000, i: 1 })': '1700000000',
    'Timestamp(soon)': 'Timestamp(soon)',
    '{"$date":': '{"$date":',
    '{"a":1}': '{"a":1}',
    'Date (20.11.2026)': 'Date (20.11.2026)'
  }
  for (const [given, text] of Object.entries(cases)) t.equal(unwrappedText(given), text, given)
  t.end()
})
