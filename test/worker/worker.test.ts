import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

import t from 'tap'

import { LifeLock, connectWorker } from '../../src/database/worker-connections.ts'
import { rescueJobs } from '../../src/worker/rescue.ts'
import { HELD_SECONDS } from '../../src/repositories/deliveries/due-deliveries.ts'
import { findDeadHolders } from '../../src/repositories/jobs.ts'
import { createTestApp } from '../support/app.ts'
import type { TestDealer } from '../support/app.ts'
import { asClient } from '../support/database.ts'
import { smtpServer } from '../mail/smtp-peer.ts'
import { startTestWorker, until } from '../support/worker.ts'

interface DeliveryBody {
  state: string
  attemptCount: number
}

const ignore = () => undefined

async function capture({ admin }: TestDealer): Promise<string> {
  const contact = { fullName: 'Ada Łoś', email: 'ada@example.test' }
  const lead = { source: 'website', contact }
  const key = { 'idempotency-key': randomUUID() }
  const { body } = await admin('POST', '/v1/leads', lead, key)
  return body.id
}

void t.test('the worker', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const owner = (text: string, values: unknown[] = []) =>
    asClient(database.ownerUrl, (client) => client.query(text, values))
  const settings = { leadAddress: 'leads@dealer.test' }
  const untilSent = ({ admin }: TestDealer, leadId: string) =>
    until(
      () => admin('GET', `/v1/leads/${leadId}/deliveries`),
      ({ body: { data } }) =>
        data.length > 0 && data.every(({ state }: { state: string }) => state === 'sent'),
      { seconds: 60 }
    )

  /** Jobs that find nothing to do. */
  const enqueue = async ({ id }: TestDealer, count: number) => {
    await owner(
      `select graphile_worker.add_job('rescore', json_build_object('dealerId', $1::text,
        'id', gen_random_uuid())) from generate_series(1, $2::int)`,
      [id, count]
    )
  }
  const untilNoJob = () =>
    until(
      async () => (await owner('select id from graphile_worker.jobs')).rows,
      (rows) => rows.length === 0
    )

  // Guards the watch over failures to fetch: without it, the worker stays deaf.
  await t.test('comes to itself when its first question to the queue failed', async (t) => {
    const dealer = await createDealer(settings)
    await owner('revoke all on graphile_worker._private_tasks from leadyard_worker')
    const worker = await startTestWorker(t, database)
    await enqueue(dealer, 1)
    const leadId = await capture(dealer)
    await untilSent(dealer, leadId)
    await wait(1_000)
    await owner(
      'grant select, insert, update, delete on graphile_worker._private_tasks to leadyard_worker'
    )
    await untilNoJob()
    t.ok(worker.isRunning())
    await worker.stop()
    t.notOk(worker.isRunning())
  })

  // Guards the batches of `JobRunner` and the end of their runs: without the first, a job that can't
  // be finished ends the process; without the second, two of them leave the worker deaf.
  await t.test('goes on after several jobs could not be finished', async (t) => {
    const dealer = await createDealer(settings)
    const jobs = 'graphile_worker._private_jobs'
    await owner(`revoke delete on ${jobs} from leadyard_worker`)
    await enqueue(dealer, 8)
    const worker = await startTestWorker(t, database)
    await until(worker.isRunning, (isRunning) => !isRunning)
    await wait(1_000)
    await owner(`grant delete on ${jobs} to leadyard_worker`)
    await untilNoJob()
    t.ok(worker.isRunning())
    await worker.stop()
  })

  await t.test('a job that makes no sense is dropped, and holds up nobody', async (t) => {
    const dealer = await createDealer(settings)
    await owner(`select graphile_worker.add_job('rescore', '{"dealerId": 5}'),
      graphile_worker.add_job('rescore', '[]'), graphile_worker.add_job('rescore',
      '{"dealerId": "01938f2e-0001-7000-8000-000000000001", "id": "x; drop table"}')`)
    await enqueue(dealer, 1)
    await startTestWorker(t, database)
    await untilNoJob()
  })

  await t.test(
    'a worker that holds the lock on its id lives; one that is silent or gone does not',
    async (t) => {
      const pool = connectWorker(database.workerUrl, { max: 2, onError: ignore })
      t.teardown(() => pool.end())
      const dealer = await createDealer(settings)
      await enqueue(dealer, 1)
      const lockAs = (holder: string) =>
        owner('update graphile_worker._private_jobs set locked_at = now(), locked_by = $1', [
          holder
        ])

      const lively = new LifeLock(database.workerUrl, { beatMs: 200, silenceMs: 1_000 }, ignore)
      await lively.open()
      lively.hold('lively')
      // Frozen: it would beat every hour, and the server waits a second.
      const frozen = new LifeLock(
        database.workerUrl,
        { beatMs: 3_600_000, silenceMs: 1_000 },
        ignore
      )
      await frozen.open()
      frozen.hold('frozen')
      await lockAs('frozen')
      const isDead = () => findDeadHolders(pool, [])
      await until(isDead, (dead) => dead.includes('frozen'))

      await lockAs('lively')
      await wait(3_000)
      t.strictSame(await isDead(), [], 'the one that beats is alive after as long')
      t.equal(await rescueJobs(pool, () => []), 0)
      await asClient(database.superuserUrl, (client) =>
        client.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'leadyard worker life' and datname = current_database()`)
      )
      await until(isDead, (dead) => dead.length === 0, { what: 'the lock, taken again' })

      await lively.close()
      await frozen.close()
      t.equal(await rescueJobs(pool, () => []), 1)
      const { rows } = await owner(
        'select locked_by, is_available from graphile_worker._private_jobs'
      )
      t.strictSame(rows, [{ locked_by: null, is_available: true }])
      await startTestWorker(t, database)
      await untilNoJob()
    }
  )

  // Guards the time that an attempt holds its delivery: without it, two workers send the same mail.
  await t.test('what another worker has begun is left to it, and then taken over', async (t) => {
    const dealer = await createDealer(settings)
    const leadId = await capture(dealer)
    const begun = `update deliveries set attempts = 1, next_attempt_at = null,
      due_at = now() + $2::interval where lead_id = $1`
    await owner(begun, [leadId, '3 seconds'])
    await startTestWorker(t, database)
    await untilSent(dealer, await capture(dealer))
    const read = async () =>
      (await dealer.admin('GET', `/v1/leads/${leadId}/deliveries`)).body.data as DeliveryBody[]
    t.hasStrict(await read(), [{ state: 'pending', attemptCount: 1 }])
    await untilSent(dealer, leadId)
    t.hasStrict(await read(), [{ state: 'sent', attemptCount: 2 }])
  })

  // Guards the beat of `DeliveryRunner`: without it, a slow server gets the mail of two workers.
  await t.test('an attempt that lasts holds its delivery', async (t) => {
    const dealer = await createDealer(settings)
    let answer = (): void => undefined
    const repliesAfter = new Promise<void>((resolve) => (answer = resolve))
    const { received, url } = await smtpServer(t, { repliesAfter })
    await startTestWorker(t, database, { smtpUrl: url })
    const leadId = await capture(dealer)
    await until(
      () => received.length,
      (count) => count === 1
    )
    const heldFor = async () =>
      (
        await owner(
          `select extract(epoch from due_at - now())::float8 as seconds from deliveries
           where lead_id = $1`,
          [leadId]
        )
      ).rows[0].seconds as number
    const first = await heldFor()
    t.ok(first > 10 && first <= HELD_SECONDS)
    await owner(`update deliveries set due_at = now() + interval '8 seconds' where lead_id = $1`, [
      leadId
    ])
    await until(heldFor, (seconds) => seconds > 10, { what: 'the beat' })
    answer()
    await untilSent(dealer, leadId)
    t.equal(received.length, 1)
  })

  // Guards the wait of `stop`: without it the mail is sent a second time by another worker.
  await t.test('stopping waits for the mail in flight', async (t) => {
    const dealer = await createDealer(settings)
    let answer = (): void => undefined
    const repliesAfter = new Promise<void>((resolve) => (answer = resolve))
    const { received, url } = await smtpServer(t, { repliesAfter })
    const config = { smtpUrl: url, shutdownGraceSeconds: 60 }
    const worker = await startTestWorker(t, database, config)
    const leadId = await capture(dealer)
    await until(
      () => received.length,
      (count) => count === 1
    )
    let hasStopped = false
    const stopped = worker.stop().then(() => (hasStopped = true))
    await wait(3_000)
    t.notOk(hasStopped, 'while the server has not answered')
    answer()
    await stopped
    const { body } = await dealer.admin('GET', `/v1/leads/${leadId}/deliveries`)
    t.strictSame(
      body.data.map(({ state, attemptCount }: DeliveryBody) => [state, attemptCount]),
      [['sent', 1]]
    )
    t.equal(received.length, 1, 'sent once')
    t.strictSame((await owner('select id from graphile_worker.jobs')).rows, [])
  })
})
