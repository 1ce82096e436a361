import t from 'tap'
import type { Test } from 'tap'

import { until } from '../support/worker.ts'
import { FIELDS, countsOf, guessed, nothingLeft, recordsOf } from '../imports/import-checks.ts'
import { openDesk } from '../imports/import-desk.ts'
import type { Progress } from '../imports/import-desk.ts'
import { problemLines, textOf } from '../imports/many-rows.ts'

/** How many rows the long list has; 200,000 for the figures. */
const ROWS = Number(process.env.IMPORT_ROWS ?? 10_000)

/**
 * How much more memory than before any list the program may take, however long the list: the heap's
 * usual slack. 50,000 rows took 193 MB more, and 200,000 rows 194.
 */
const MAX_GROWTH_MB = 300

void t.test('a long list, with the program killed in its middle', async (t) => {
  const desk = await openDesk(t)
  const memory = { start: desk.resident(), most: 0 }
  const look = () => (memory.most = Math.max(memory.most, desk.resident()))
  const stopwatch = timer(t, ROWS)

  const uploaded = await desk.upload('text/csv', 'name=many.csv', textOf(ROWS, ','))
  stopwatch('uploaded')
  look()
  const { id } = uploaded
  t.strictSame([uploaded.state, uploaded.rows], ['ready', ROWS])
  t.strictSame(guessed(uploaded), FIELDS, 'the columns are guessed')
  const set = await desk.set(id, uploaded.version, { matchBy: ['externalId', 'contact.email'] })
  t.strictSame(set.settings.matchBy, ['externalId', 'contact.email'])

  await desk.call('POST', `/v1/imports/${id}/check`)
  await desk.settle(id, look)
  stopwatch('checked')
  const expected = countsOf(ROWS)
  t.strictSame((await desk.call('GET', `/v1/imports/${id}`)).check, expected, 'a dry run')
  t.strictSame(await recordsOf(desk), { leads: 0, ids: 0, emails: 0 }, 'makes nothing')

  const { operationId } = await desk.call('POST', `/v1/imports/${id}/start`)
  const before = await until(
    () => (look(), desk.progressOf(id)),
    ({ processed }) => processed > ROWS / 3,
    { seconds: 600, what: 'the middle' }
  )
  await desk.killProgram()
  stopwatch('killed')
  t.comment(`killed after ${before.processed} rows, ${memory.most} MB at most before`)
  t.equal(before.state, 'running')
  t.ok(before.processed < ROWS, 'in the middle')

  await desk.startAgain()
  const restarted = Date.now()
  const again = await desk.progressOf(id)
  t.equal(again.state, 'running')
  await until(
    () => desk.progressOf(id),
    ({ processed }) => processed > again.processed,
    { seconds: 60, what: 'somebody who takes it up again' }
  )
  t.comment(`taken up again ${Date.now() - restarted} ms after the start`)
  const [events, seen] = await Promise.all([desk.watch(id), desk.settle(id, look)])
  stopwatch('ended')
  watched(t, seen)
  watched(t, events)

  const done = await desk.call('GET', `/v1/imports/${id}`)
  t.strictSame([done.state, done.counts], ['done', expected], 'no row is lost, none taken twice')
  const { created } = expected
  const [statistics] = await desk.query<{ taken: boolean }>(
    `select last_analyze is not null as taken from pg_stat_user_tables where relname = 'leads'`
  )
  t.ok(statistics?.taken, 'plans go by tables as the list has left them')
  t.strictSame(await recordsOf(desk), { leads: created, ids: created, emails: created })
  t.strictSame(await desk.problemsOf(id), problemLines(ROWS, { isText: true }))

  await desk.call('POST', `/v1/operations/${operationId}/undo`)
  await desk.settle(id, look)
  stopwatch('undone')
  await nothingLeft(t, desk, id)
  t.comment(`memory: ${memory.start} MB at the start, ${desk.resident()} MB at the end`)
  t.comment(`memory: ${memory.most} MB at most`)
  t.ok(memory.most - memory.start < MAX_GROWTH_MB, `grew by ${memory.most - memory.start} MB`)
})

/** Whoever looked on saw it go on, how fast, and how long it would take. */
function watched(t: Test, seen: readonly Progress[]): void {
  const percents = seen.map(({ percent }) => percent)
  t.strictSame(
    percents,
    [...percents].sort((a, b) => a - b),
    'it only goes on'
  )
  t.ok(new Set(percents).size > 2, `${new Set(percents).size} different percents`)
  t.ok(seen.some((one) => (one.rowsPerSecond ?? 0) > 0 && (one.secondsLeft ?? 0) > 0))
  t.match(seen.at(-1), { state: 'done', percent: 100, secondsLeft: null })
}

/** Says what the last step took. */
function timer(t: Test, rows: number): (step: string) => void {
  let since = Date.now()
  return (step) => {
    const seconds = (Date.now() - since) / 1000
    t.comment(`${step}: ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows a second`)
    since = Date.now()
  }
}
