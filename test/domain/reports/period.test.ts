import t from 'tap'

import { monthsOf, readPeriod } from '../../../src/domain/reports/period.ts'
import type { ReportPeriod } from '../../../src/domain/reports/period.ts'

const NOW = new Date('2026-11-21T12:00:00.000Z')

function periodOf(from: string | undefined, to: string | undefined, timeZone: string) {
  const period = readPeriod({ from, to }, { timeZone, now: NOW })
  if ('fault' in period) throw new Error(`${period.of} ${period.fault}`)
  return period
}

const bounds = ({ start, end }: ReportPeriod) => [start.toISOString(), end.toISOString()]

void t.test('days begin where the zone’s clocks say', (t) => {
  const cases: [string, string, string, string, string][] = [
    ['Europe/Warsaw', '2026-10-01', '2026-10-31', '2026-09-30T22:00', '2026-10-31T23:00'],
    ['Europe/Warsaw', '2026-03-29', '2026-03-29', '2026-03-28T23:00', '2026-03-29T22:00'],
    ['America/New_York', '2026-11-01', '2026-11-01', '2026-11-01T04:00', '2026-11-02T05:00'],
    ['Asia/Kathmandu', '2026-01-01', '2026-01-31', '2025-12-31T18:15', '2026-01-31T18:15'],
    ['Pacific/Kiritimati', '2026-01-01', '2026-01-01', '2025-12-31T10:00', '2026-01-01T10:00'],
    // Clocks that jump at midnight: the day begins at one.
    ['Africa/Cairo', '2026-04-24', '2026-04-24', '2026-04-23T22:00', '2026-04-24T21:00'],
    // A day that Samoa left out.
    ['Pacific/Apia', '2011-12-30', '2011-12-30', '2011-12-30T10:00', '2011-12-30T10:00']
  ]
  for (const [zone, from, to, start, end] of cases) {
    const expected = [`${start}:00.000Z`, `${end}:00.000Z`]
    t.strictSame(bounds(periodOf(from, to, zone)), expected, `${zone} ${from}`)
  }
  t.end()
})

void t.test('a missing end of the period is that of the month', (t) => {
  const days = (from?: string, to?: string) => {
    const period = periodOf(from, to, 'Europe/Warsaw')
    return [period.from, period.to]
  }
  t.strictSame(days(), ['2026-11-01', '2026-11-30'])
  t.strictSame(days('2024-02-10'), ['2024-02-10', '2024-02-29'])
  t.strictSame(days(undefined, '2026-03-05'), ['2026-03-01', '2026-03-05'])
  t.end()
})

void t.test('a period is of days that there are, in order, and no longer than five years', (t) => {
  const fault = (from: string, to: string) => {
    const period = readPeriod({ from, to }, { timeZone: 'Europe/Warsaw', now: NOW })
    return 'fault' in period ? `${period.of} ${period.fault}` : null
  }
  t.equal(fault('2026-02-29', '2026-03-01'), 'from no-date')
  t.equal(fault('2026-02-01', '2026-02-30'), 'to no-date')
  t.equal(fault('2026-02-02', '2026-02-01'), 'to ends-before')
  t.equal(fault('2021-01-01', '2025-12-31'), null)
  t.equal(fault('2021-01-01', '2026-01-01'), 'to too-long')
  t.end()
})

void t.test('months follow each other without a gap, the first and last as far as asked', (t) => {
  const period = periodOf('2026-09-15', '2026-11-30', 'Europe/Warsaw')
  const months = monthsOf(period)
  t.strictSame(
    months.map(({ month, from, to, isWhole }) => [month, from, to, isWhole]),
    [
      ['2026-09', '2026-09-15', '2026-09-30', false],
      ['2026-10', '2026-10-01', '2026-10-31', true],
      ['2026-11', '2026-11-01', '2026-11-30', true]
    ]
  )
  const [first, second, third] = months.map(bounds)
  t.strictSame(first, ['2026-09-14T22:00:00.000Z', '2026-09-30T22:00:00.000Z'])
  t.strictSame(second, ['2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'])
  t.strictSame(third, ['2026-10-31T23:00:00.000Z', period.end.toISOString()])
  t.end()
})
