import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import { pino } from 'pino'
import { Registry } from 'prom-client'
import type { Test } from 'tap'

import { startWorker } from '../../src/worker/worker.ts'
import type { Worker, WorkerOptions } from '../../src/worker/worker.ts'
import type { TestDatabase } from './database.ts'
import { TEST_SECRET } from './postgres.ts'

export interface TestWorker extends Worker {
  dataDirectory: string
  metrics: Registry
}

/** Starts a worker in this process; stopped when the test is over, if not before. */
export async function startTestWorker(
  t: Test,
  database: TestDatabase,
  config: Partial<WorkerOptions['config']> = {}
): Promise<TestWorker> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'leadyard-worker-'))
  const metrics = new Registry()
  const worker = await startWorker({
    db: database.db,
    now: () => new Date(),
    logger: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    config: {
      smtpUrl: null,
      mailFrom: { name: 'Leadyard', address: 'desk@leadyard.test' },
      dataDirectory,
      deliveryRetrySeconds: [1, 1, 2],
      workerConcurrency: 4,
      shutdownGraceSeconds: 6,
      retention: { messageDays: 0, notificationDays: 0, payloadDays: 0 },
      ...config
    },
    publicUrl: 'http://leadyard.test',
    linkSecret: TEST_SECRET,
    url: database.workerUrl,
    metrics
  })
  let isStopped = false
  const stop = async () => {
    if (isStopped) return
    isStopped = true
    await worker.stop()
  }
  t.teardown(async () => {
    await stop()
    await rm(dataDirectory, { recursive: true, force: true })
  })
  return { isRunning: worker.isRunning, stop, dataDirectory, metrics }
}

/** Asks until the answer satisfies, and answers it; throws with the last one when it takes too long. */
export async function until<T>(
  ask: () => Promise<T> | T,
  satisfies: (answer: T) => boolean,
  { seconds = 60, what = 'what was waited for' }: { seconds?: number; what?: string } = {}
): Promise<T> {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (satisfies(answer)) return answer
    if (Date.now() > deadline) {
      throw new Error(`${what} did not come: ${JSON.stringify(answer).slice(0, 2_000)}`)
    }
    await wait(50)
  }
}
