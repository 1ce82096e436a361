import t from 'tap'

import { quietUntil } from '../../../src/domain/auto-responses/quiet-hours.ts'
import { watchWallClock } from '../clock/slow-clock.ts'

const NIGHT = { from: '21:00', to: '07:30' }
const MINUTE_MS = 60_000

void t.test('quiet hours end by the dealer’s clock', (t) => {
  for (const [promise, quietHours, zone, at, until] of [
    ['none are set', null, 'Europe/Warsaw', '2026-11-21T23:00:00Z', null],
    ['before them', NIGHT, 'Europe/Warsaw', '2026-11-21T19:59:59.999Z', null],
    ['at their beginning', NIGHT, 'Europe/Warsaw', '2026-11-21T20:00:00Z', '2026-11-22T06:30:00Z'],
    ['after midnight', NIGHT, 'Europe/Warsaw', '2026-11-22T02:00:00Z', '2026-11-22T06:30:00Z'],
    ['at their end', NIGHT, 'Europe/Warsaw', '2026-11-22T06:30:00Z', null],
    ['elsewhere at that moment', NIGHT, 'America/New_York', '2026-11-21T20:00:00Z', null],
    ['its own night', NIGHT, 'America/New_York', '2026-11-22T02:00:00Z', '2026-11-22T12:30:00Z'],
    [
      'within a day',
      { from: '12:00', to: '14:00' },
      'Europe/Madrid',
      '2026-11-21T11:30:00Z',
      '2026-11-21T13:00:00Z'
    ],
    [
      'up to midnight',
      { from: '20:00', to: '00:00' },
      'Europe/Madrid',
      '2026-11-21T22:59:00Z',
      '2026-11-21T23:00:00Z'
    ],
    [
      'from midnight',
      { from: '00:00', to: '06:00' },
      'Europe/Madrid',
      '2026-11-21T23:00:00Z',
      '2026-11-22T05:00:00Z'
    ],
    // Clocks go forward on 29 March in Europe, on 8 March in New York: the night is an hour shorter.
    ['a short night', NIGHT, 'Europe/Warsaw', '2026-03-28T22:00:00Z', '2026-03-29T05:30:00Z'],
    ['a short night', NIGHT, 'Europe/Madrid', '2026-03-28T22:00:00Z', '2026-03-29T05:30:00Z'],
    ['a short night', NIGHT, 'America/New_York', '2026-03-08T03:00:00Z', '2026-03-08T11:30:00Z'],
    // And back on 25 October and 1 November.
    ['a long night', NIGHT, 'Europe/Warsaw', '2026-10-24T20:00:00Z', '2026-10-25T06:30:00Z'],
    ['a long night', NIGHT, 'Europe/Madrid', '2026-10-24T20:00:00Z', '2026-10-25T06:30:00Z'],
    ['a long night', NIGHT, 'America/New_York', '2026-11-01T02:00:00Z', '2026-11-01T12:30:00Z'],
    // There is no 02:30 in the short night: they are over when the clock has passed it.
    [
      'an end there is not',
      { from: '22:00', to: '02:30' },
      'Europe/Warsaw',
      '2026-03-29T00:59:59Z',
      '2026-03-29T01:00:00Z'
    ],
    // There are two in the long one: the first ends them, and then it is 02:00 again.
    [
      'the first of two ends',
      { from: '22:00', to: '02:30' },
      'Europe/Warsaw',
      '2026-10-25T00:10:00Z',
      '2026-10-25T00:30:00Z'
    ],
    [
      'and the second',
      { from: '22:00', to: '02:30' },
      'Europe/Warsaw',
      '2026-10-25T01:10:00Z',
      '2026-10-25T01:30:00Z'
    ]
  ] as const) {
    t.equal(
      quietUntil(quietHours, zone, new Date(at))?.toISOString() ?? null,
      until === null ? null : new Date(until).toISOString(),
      `${zone}: ${promise}, ${at}`
    )
  }
  t.end()
})

const SPANS = ['2026-03-06', '2026-03-27', '2026-10-23', '2026-10-30'] as const

for (const zone of ['Europe/Warsaw', 'Europe/Madrid', 'America/New_York']) {
  void t.test(`agrees with a clock of ${zone} watched minute by minute`, (t) => {
    const hours = ['00:00', '01:45', '02:30', '03:00', '07:30', '21:00', '23:59']
    const pairs = hours.flatMap((from) => hours.map((to) => ({ from, to })))
    for (const day of SPANS) {
      const from = `${day}T00:00:00Z`
      const to = new Date(Date.parse(from) + 5 * 86_400_000).toISOString()
      const { first, times } = watchWallClock(zone, from, to)
      for (const quietHours of pairs.filter(({ from, to }) => from !== to)) {
        const isQuiet = [...times].map((time) => isQuietAt(quietHours, time))
        // Not to the last of them: how it goes on is not seen.
        for (let minute = 0; minute < times.length - 1500; minute += 61) {
          const over = isQuiet.indexOf(false, minute)
          const expected = over === minute ? null : (first + over) * MINUTE_MS
          const found = quietUntil(quietHours, zone, new Date((first + minute) * MINUTE_MS))
          if ((found?.getTime() ?? null) === expected) continue
          t.fail(JSON.stringify({ day, quietHours, minute, expected, found }))
          t.end()
          return
        }
      }
    }
    t.pass('in each minute looked at')
    t.end()
  })
}

function isQuietAt({ from, to }: { from: string; to: string }, time: number): boolean {
  const [start, end] = [minutes(from), minutes(to)]
  return start < end ? start <= time && time < end : start <= time || time < end
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}
