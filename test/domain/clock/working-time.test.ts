import fc from 'fast-check'
import t from 'tap'

import { dayStart, localTimeOf, zoneOffset } from '../../../src/domain/clock/time-zone.ts'
import { WEEKDAYS } from '../../../src/domain/clock/working-hours.ts'
import type { WorkingHours } from '../../../src/domain/clock/working-hours.ts'
import {
  addWorkingSeconds,
  isWorkingTime,
  workingSeconds
} from '../../../src/domain/clock/working-time.ts'
import { countWorkingMinutes, watchWallClock } from './slow-clock.ts'
import type { WallClock } from './slow-clock.ts'

const MINUTE_MS = 60_000
const THREE_YEARS = ['2025-01-01T00:00:00Z', '2028-01-01T00:00:00Z'] as const

/** Hours of any shape: several windows a day, over midnight, overlapping, all day, or none. */
const time = fc.oneof(
  fc.constantFrom('00:00', '01:30', '02:00', '02:30', '03:00', '09:00', '17:00', '22:00', '23:59'),
  fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
)
const window = fc.record({ from: time, to: fc.oneof(time, fc.constant('24:00')) })
const week = fc.record(
  Object.fromEntries(WEEKDAYS.map((day) => [day, fc.array(window, { maxLength: 3 })])),
  { requiredKeys: [] }
) as fc.Arbitrary<WorkingHours['week']>
const office: WorkingHours['week'] = Object.fromEntries(
  WEEKDAYS.slice(0, 5).map((day) => [day, [{ from: '09:00', to: '17:00' }]])
)
const someHours = (dates: readonly string[]): fc.Arbitrary<WorkingHours> =>
  fc.record({
    timeZone: fc.constant(null),
    week: fc.oneof({ arbitrary: week, weight: 4 }, fc.constant(office)),
    holidays: fc.uniqueArray(fc.constantFrom(...new Set(dates)), { maxLength: 60 })
  })

const ZONES = {
  'Europe/Warsaw': THREE_YEARS,
  'Europe/Madrid': ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  // Half an hour of summer time; midnights that there are not, or twice; summer with a winter in it.
  'Australia/Lord_Howe': ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  'America/Santiago': ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  'Africa/Casablanca': ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z']
} as const

for (const [timeZone, [from, to]] of Object.entries(ZONES)) {
  void t.test(`agrees with a clock of ${timeZone} watched minute by minute`, (t) => {
    const clock = watchWallClock(timeZone, from, to)
    const moment = someMinute(clock)
    const span = fc.tuple(moment, moment, fc.nat(59), fc.nat(59))
    const spans = fc.array(span, { minLength: 100, maxLength: 100 })
    fc.assert(
      fc.property(someHours(clock.dates), spans, (hours, spans) => {
        checkSpans(clock, hours, spans)
      }),
      // A simpler failure would be looked for by counting three years anew for each try.
      { numRuns: 20, endOnFailure: true }
    )
    fc.assert(
      fc.property(moment, (minute) => {
        checkLocalTime(clock, minute)
      }),
      { numRuns: 1000 }
    )
    t.end()
  })
}

/** Any minute, and more often those that matter: at three in the night, around a change of the clocks. */
function someMinute(clock: WallClock): fc.Arbitrary<number> {
  const last = clock.times.length - 1
  const nights: number[] = []
  const changes: number[] = []
  clock.times.forEach((shown, minute) => {
    const before = clock.times[minute - 1] ?? shown - 1
    if (shown === 180) nights.push(minute)
    if (shown !== (before + 1) % 1440) changes.push(minute)
  })
  if (changes.length < 2) throw new Error('the clocks do not change')
  const near = fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -1600, max: 1600 }))
    .map(([minute, away]) => Math.min(Math.max(minute + away, 0), last))
  return fc.oneof(fc.nat(last), near, fc.constantFrom(...nights), fc.constantFrom(...changes))
}

function checkSpans(
  clock: WallClock,
  hours: WorkingHours,
  spans: readonly (readonly [number, number, number, number])[]
) {
  const before = countWorkingMinutes(clock, hours)
  const counted = (minute: number) => before[minute] ?? 0
  const works = (minute: number) => counted(minute + 1) > counted(minute)
  /** Working seconds since the first moment of the span, up to a second of a minute. */
  const secondsTo = (minute: number, second: number) =>
    counted(minute) * 60 + (works(minute) ? second : 0)
  const all = counted(clock.times.length) * 60
  for (const [a, b, secondA, secondB] of spans) {
    const [from, to] = [Math.min(a, b), Math.max(a, b)]
    expect(isWorkingTime(hours, clock.timeZone, momentOf(clock, from, secondA)), works(from))
    expect(
      workingSeconds(hours, clock.timeZone, momentOf(clock, from), momentOf(clock, to)),
      (counted(to) - counted(from)) * 60
    )
    expect(
      workingSeconds(
        hours,
        clock.timeZone,
        momentOf(clock, from, secondA),
        momentOf(clock, to, secondB)
      ),
      Math.max(secondsTo(to, secondB) - secondsTo(from, secondA), 0)
    )
    const asked = Math.max(secondsTo(to, secondB) - secondsTo(from, 0), 1)
    const due = addWorkingSeconds(hours, clock.timeZone, momentOf(clock, from), asked)
    if (secondsTo(from, 0) + asked > all) continue
    // Farther than two years ahead nothing is looked for.
    if (due === null) {
      const horizon = Math.min(from + 732 * 1440, clock.times.length)
      if (secondsTo(from, 0) + asked <= counted(horizon) * 60) throw new Error('not found')
      continue
    }
    const seconds = due.getTime() / 1000 - clock.first * 60
    const [minute, second] = [Math.floor(seconds / 60), seconds % 60]
    expect(secondsTo(minute, second) - secondsTo(from, 0), asked)
    const [earlier, itsSecond] = [Math.floor((seconds - 1) / 60), (seconds - 1) % 60]
    expect(secondsTo(earlier, itsSecond) - secondsTo(from, 0), asked - 1)
  }
}

function checkLocalTime(clock: WallClock, minute: number) {
  const at = momentOf(clock, minute)
  const local = localTimeOf(at, clock.timeZone)
  const shown = clock.times[minute] ?? 0
  expect(local.date, clock.dates[minute])
  expect(Number(local.time.slice(0, 2)) * 60 + Number(local.time.slice(3)), shown)
  expect(local.weekday, WEEKDAYS[(new Date(local.date).getUTCDay() + 6) % 7])
  let start = minute
  while (start > 0 && clock.dates[start - 1] === local.date) start -= 1
  if (start > 0) expect(dayStart(at, clock.timeZone).getTime(), momentOf(clock, start).getTime())
}

function momentOf({ first }: WallClock, minute: number, second = 0): Date {
  return new Date((first + minute) * MINUTE_MS + second * 1000)
}

function expect<T>(actual: T, expected: T) {
  if (actual !== expected) throw new Error(`${String(actual)} and not ${String(expected)}`)
}

const at = (moment: string) => new Date(moment)
const hoursOf = (
  week: WorkingHours['week'],
  { holidays = [], timeZone = null }: { holidays?: string[]; timeZone?: string | null } = {}
): WorkingHours => ({ timeZone, week, holidays })

void t.test('days of 23 and 25 hours', (t) => {
  const always = hoursOf(
    Object.fromEntries(WEEKDAYS.map((day) => [day, [{ from: '00:00', to: '24:00' }]]))
  )
  const night = hoursOf({ sunday: [{ from: '01:00', to: '04:00' }] })
  const days = {
    'the clocks go forward': ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 23, 2],
    'the clocks go back': ['2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 25, 4]
  } as const
  for (const zone of ['Europe/Warsaw', 'Europe/Madrid']) {
    for (const [name, [from, to, hours, nightly]] of Object.entries(days)) {
      const counted = (of: WorkingHours) => workingSeconds(of, zone, at(from), at(to)) / 3600
      t.equal(counted(always), hours, `${zone}: ${name}`)
      t.equal(counted(night), nightly, `${zone}: ${name}, from one to four`)
      t.strictSame(dayStart(at(to.replace(':00:00Z', ':59:59Z')), zone), at(to), 'the next day')
    }
  }
  t.end()
})

void t.test('a lead at three in the night waits from the morning on', (t) => {
  const hours = hoursOf(office, { holidays: ['2026-12-24', '2026-12-25'] })
  const due = (from: string, minutes: number) =>
    addWorkingSeconds(hours, 'Europe/Warsaw', at(from), minutes * 60)?.toISOString()
  t.equal(due('2026-11-24T02:00:00Z', 30), '2026-11-24T08:30:00.000Z', 'a Tuesday')
  t.equal(due('2026-11-21T02:00:00Z', 30), '2026-11-23T08:30:00.000Z', 'a Saturday')
  t.equal(due('2026-12-24T02:00:00Z', 30), '2026-12-28T08:30:00.000Z', 'Christmas Eve')
  t.equal(due('2026-11-24T15:30:00Z', 30), '2026-11-24T16:00:00.000Z', 'until closing time')
  t.equal(due('2026-11-24T15:30:00Z', 31), '2026-11-25T08:01:00.000Z', 'a minute longer')
  const counted = (from: string, to: string) =>
    workingSeconds(hours, 'Europe/Warsaw', at(from), at(to))
  t.equal(counted('2026-12-23T15:00:00Z', '2026-12-28T09:00:00Z'), 2 * 3600, 'over the holidays')
  t.equal(counted('2026-11-24T09:00:00Z', '2026-11-24T08:00:00Z'), 0, 'backwards')
  t.end()
})

void t.test('a window over midnight ends at a holiday, and begins on none', (t) => {
  const nights = Object.fromEntries(WEEKDAYS.map((day) => [day, [{ from: '22:00', to: '06:00' }]]))
  const hours = hoursOf(nights, { holidays: ['2026-11-25'] })
  const works = (moment: string) => isWorkingTime(hours, 'Europe/Madrid', at(moment))
  t.ok(works('2026-11-23T23:30:00Z'), 'half past midnight')
  t.ok(works('2026-11-24T04:59:59Z'), 'before six')
  t.notOk(works('2026-11-24T05:00:00Z'), 'six')
  t.ok(works('2026-11-24T22:59:59Z'), 'the last second before the holiday')
  t.notOk(works('2026-11-24T23:00:00Z'), 'reaching into it')
  t.notOk(works('2026-11-25T21:30:00Z'), 'beginning on it')
  t.notOk(works('2026-11-26T02:00:00Z'), 'reaching out of it')
  t.ok(works('2026-11-26T21:00:00Z'), 'the day after')
  t.end()
})

void t.test('hours without windows never come; none at all are always', (t) => {
  const never = hoursOf({})
  t.equal(addWorkingSeconds(never, 'Europe/Warsaw', at('2026-11-24T02:00:00Z'), 1), null)
  t.equal(
    workingSeconds(never, 'Europe/Warsaw', at('2026-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z')),
    0
  )
  t.strictSame(
    addWorkingSeconds(null, 'Europe/Warsaw', at('2026-11-24T02:00:00Z'), 90),
    at('2026-11-24T02:01:30Z')
  )
  t.equal(
    workingSeconds(null, 'UTC', at('2026-11-24T02:00:00.000Z'), at('2026-11-24T02:00:01.999Z')),
    1,
    'whole seconds'
  )
  t.end()
})

void t.test('hours may have a zone of their own', (t) => {
  const hours = hoursOf(office, { timeZone: 'America/New_York' })
  t.notOk(isWorkingTime(hours, 'Europe/Warsaw', at('2026-11-24T09:00:00Z')))
  t.ok(isWorkingTime(hours, 'Europe/Warsaw', at('2026-11-24T15:00:00Z')))
  t.equal(zoneOffset(at('2026-11-24T15:00:00Z'), 'America/New_York'), -5 * 3600 * 1000)
  t.end()
})
