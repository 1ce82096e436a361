import t from 'tap'

import { latestTurn } from '../../../src/domain/notifications/digest.ts'

const WARSAW = 'Europe/Warsaw'

void t.test('the latest turn is today’s once its time has come, else yesterday’s', (t) => {
  const cases: [string, string, string, string, string][] = [
    ['at the time', '2026-11-23T07:00:00Z', '08:00', '2026-11-23', '2026-11-23T07:00:00.000Z'],
    ['before it', '2026-11-23T06:59:59Z', '08:00', '2026-11-22', '2026-11-22T07:00:00.000Z'],
    ['late in the day', '2026-11-23T22:59:00Z', '08:00', '2026-11-23', '2026-11-23T07:00:00.000Z'],
    [
      'by the clocks there',
      '2026-11-23T23:30:00Z',
      '00:15',
      '2026-11-24',
      '2026-11-23T23:15:00.000Z'
    ],
    ['first of a month', '2026-03-01T05:00:00Z', '08:00', '2026-02-28', '2026-02-28T07:00:00.000Z'],
    ['in summer', '2026-07-01T06:00:00Z', '08:00', '2026-07-01', '2026-07-01T06:00:00.000Z']
  ]
  for (const [name, now, time, day, at] of cases) {
    t.strictSame(latestTurn(new Date(now), time, WARSAW), { day, at: new Date(at) }, name)
  }
  t.end()
})

// Guards days on which clocks change: a time that is skipped or repeated still has one turn a day.
void t.test('every day has one turn, also when clocks change', (t) => {
  for (const [from, time] of [
    ['2026-03-27T12:00:00Z', '02:30'],
    ['2026-10-23T12:00:00Z', '02:30']
  ] as const) {
    const turns = new Map<string, Set<number>>()
    for (let minute = 0; minute < 4 * 1440; minute += 10) {
      const { day, at } = latestTurn(new Date(Date.parse(from) + minute * 60_000), time, WARSAW)
      turns.set(day, (turns.get(day) ?? new Set()).add(at.getTime()))
    }
    t.equal(turns.size, 5, from)
    t.ok([...turns.values()].every(({ size }) => size === 1))
  }
  t.end()
})
