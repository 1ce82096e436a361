import { setImmediate as nextTurn } from 'node:timers/promises'

import t from 'tap'

import { connect } from '../../src/database/client.ts'
import type { Database } from '../../src/database/client.ts'
import { REPORT_LIMITS } from '../../src/database/limits.ts'
import { ReportTurns, TooManyReports } from '../../src/database/report-turns.ts'
import { newId } from '../../src/ids.ts'
import { createTestDatabase } from '../support/database.ts'
import { holdReport } from '../support/held-reports.ts'

const LIMITS = { atOnceOfDealer: 1, waitingOfDealer: 2, waitMs: 60_000, lookMs: 1 }

void t.test('the line of a dealer’s reports in one process', async (t) => {
  await t.test('goes on in order, and no other dealer stands in it', async (t) => {
    const turns = new ReportTurns(LIMITS)
    const began: string[] = []
    const ends = new Map<string, () => void>()
    const report = (dealerId: string, name: string) =>
      turns.run(
        dealerId,
        () =>
          new Promise<void>((resolve) => {
            began.push(name)
            ends.set(name, resolve)
          })
      )
    const first = report('a', 'first')
    const second = report('a', 'second')
    const third = report('a', 'third')
    await t.rejects(report('a', 'fourth'), TooManyReports, 'more do not even wait')
    const other = report('b', 'other')
    await nextTurn()
    t.strictSame(began, ['first', 'other'])
    ends.get('first')?.()
    await first
    await nextTurn()
    t.strictSame(began, ['first', 'other', 'second'])
    ends.get('second')?.()
    await second
    await nextTurn()
    t.strictSame(began, ['first', 'other', 'second', 'third'])
    for (const name of ['third', 'other']) ends.get(name)?.()
    await Promise.all([third, other])
  })

  await t.test('is left after a failure', async (t) => {
    const turns = new ReportTurns(LIMITS)
    await t.rejects(
      turns.run('a', () => Promise.reject(new Error('it failed'))),
      { message: 'it failed' }
    )
    t.equal(await turns.run('a', () => Promise.resolve('done')), 'done')
  })

  await t.test('is left by who waited too long', async (t) => {
    const turns = new ReportTurns({ ...LIMITS, waitMs: 5 })
    let end = (): void => undefined
    const first = turns.run('a', () => new Promise<void>((resolve) => (end = resolve)))
    const waited = turns.run('a', () => Promise.resolve())
    await t.rejects(waited, { name: 'TooManyReports', retryAfter: 1 })
    end()
    await first
  })
})

void t.test('the turns of a dealer in all processes', async (t) => {
  const { appUrl, db } = await createTestDatabase(t)
  const another = connect(appUrl, { max: 2, onError: () => undefined })
  t.teardown(() => another.close())
  const [busy, other] = [newId(), newId()]
  const one = (database: Database, dealerId: string) =>
    database.report(dealerId, () => Promise.resolve('done'))

  const held = Array.from({ length: REPORT_LIMITS.atOnceOfDealer }, () => holdReport(db, busy))
  await Promise.all(held.map(({ begun }) => begun))
  let hasEnded = false
  const late = one(another, busy).then(() => (hasEnded = true))
  t.equal(await one(another, other), 'done', 'another dealer has its own')
  t.equal(await one(db, other), 'done', 'and a connection in each process')
  t.equal(hasEnded, false, 'another process has no turn left for this dealer')
  for (const { end } of held) await end()
  await late
  t.equal(hasEnded, true)
})
