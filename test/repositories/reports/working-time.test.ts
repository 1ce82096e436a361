import { isDeepStrictEqual } from 'node:util'

import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import t from 'tap'

import { countWorkingDays, workingCalendar } from '../../../src/domain/clock/working-calendar.ts'
import { WEEKDAYS } from '../../../src/domain/clock/working-hours.ts'
import type { WorkingHours } from '../../../src/domain/clock/working-hours.ts'
import { workingSeconds } from '../../../src/domain/clock/working-time.ts'
import { newId } from '../../../src/ids.ts'
import {
  calendarTable,
  millisecondsOf,
  secondsBetween,
  workedUntil
} from '../../../src/repositories/reports/durations.ts'
import { createTestDatabase } from '../../support/database.ts'

/** A year with both changes of the clocks in it. */
const SPAN = { from: Date.parse('2026-01-10T00:00:00Z'), until: Date.parse('2027-01-10T00:00:00Z') }

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 30))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
const window = fc.record({ from: time, to: fc.oneof(time, fc.constant('24:00')) })
const someHours: fc.Arbitrary<WorkingHours | null> = fc.option(
  fc.record({
    timeZone: fc.constantFrom(null, 'Europe/Warsaw', 'Australia/Lord_Howe', 'America/Santiago'),
    week: fc.record(
      Object.fromEntries(WEEKDAYS.map((day) => [day, fc.array(window, { maxLength: 3 })])),
      { requiredKeys: [] }
    ),
    holidays: fc.uniqueArray(
      fc.constantFrom('2026-03-29', '2026-10-25', '2026-12-25', '2026-04-05', '2026-11-11')
    )
  }),
  { freq: 10 }
)

const moment = fc.oneof(
  fc.integer({ min: SPAN.from, max: SPAN.until }),
  // Around the changes of the clocks.
  ...['2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z', '2026-04-04T15:00:00Z'].map((change) =>
    fc.integer({ min: Date.parse(change) - 8e7, max: Date.parse(change) + 8e7 })
  )
)

void t.test('working time in SQL', async (t) => {
  const { db } = await createTestDatabase(t)

  // Guards the calendar and its reading: take one off an index, or a second off an interval.
  await t.test('is what the domain says it is, over changes of the clocks', async (t) => {
    const spans = fc.array(fc.tuple(moment, moment), { minLength: 40, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(someHours, spans, async (hours, spans) => {
        const calendar = workingCalendar(hours, 'Europe/Warsaw', SPAN)
        const [from, until] = [0, 1].map((end) =>
          spans.map((span) => new Date(span[end] ?? 0).toISOString())
        )
        const { rows } = await db.report(newId(), (tx) =>
          tx.orm.execute<{ seconds: string }>(sql`with ${calendarTable(calendar)}, spans as (
            select ${millisecondsOf(sql`a`)} as a, ${millisecondsOf(sql`b`)} as b
            from unnest(${sql.param(from)}::timestamptz[], ${sql.param(until)}::timestamptz[])
              with ordinality as s (a, b, n) order by n)
            select ${secondsBetween(workedUntil(sql`a`), workedUntil(sql`b`))} as seconds from spans`)
        )
        const asked = spans.map(([a, b]) =>
          workingSeconds(hours, 'Europe/Warsaw', new Date(a), new Date(b))
        )
        const answered = rows.map(({ seconds }) => Number(seconds))
        return isDeepStrictEqual(answered, asked)
      }),
      { numRuns: 60 }
    )
    t.pass('they agree')
  })

  await t.test('of what has not happened is not known', async (t) => {
    const calendar = workingCalendar(null, 'Europe/Warsaw', SPAN)
    const { rows } = await db.report(newId(), (tx) =>
      tx.orm.execute(sql`with ${calendarTable(calendar)}
        select ${secondsBetween(workedUntil(sql`null::bigint`), workedUntil(sql`1::bigint`))} as a,
          ${secondsBetween(workedUntil(sql`1::bigint`), workedUntil(sql`null::bigint`))} as b`)
    )
    t.strictSame(rows, [{ a: null, b: null }])
  })

  await t.test('days of work are counted by the clocks of the hours', (t) => {
    const hours = {
      timeZone: null,
      week: { monday: [{ from: '22:00', to: '06:00' }] },
      holidays: []
    }
    const week = {
      from: Date.parse('2026-10-25T22:00:00Z'),
      until: Date.parse('2026-11-01T23:00:00Z')
    }
    t.equal(countWorkingDays(hours, 'Europe/Warsaw', week), 2, 'a night is of two days')
    t.equal(
      countWorkingDays(null, 'Europe/Warsaw', week),
      8,
      'without hours each day that it touches'
    )
    t.equal(countWorkingDays(null, 'Europe/Warsaw', { ...week, until: week.from }), 0)
    t.end()
  })
})
