import { join } from 'node:path'

import type { Logger } from 'pino'
import type { Registry } from 'prom-client'

import type { Config } from '../config/config.ts'
import type { Database } from '../database/client.ts'
import { LifeLock, connectWorker, endPool } from '../database/worker-connections.ts'
import { readQueueFigures } from '../repositories/deliveries/due-deliveries.ts'
import { removeExhaustedJobs } from '../repositories/jobs.ts'
import { createChannels } from './channels/channels.ts'
import { JOBS_AT_ONCE, JOB_CONNECTIONS } from './connections.ts'
import { JobRunner } from './job-runner.ts'
import { createMailTransport } from '../mail/transport/transport.ts'
import { createDeliveryMetrics } from './metrics.ts'
import { DeliveryRunner } from './deliveries/delivery-runner.ts'
import { keepRescuing } from './rescue.ts'
import { createTasks } from './tasks.ts'

export interface WorkerOptions {
  db: Database
  now: () => Date
  logger: Logger
  config: Pick<
    Config,
    | 'smtpUrl'
    | 'mailFrom'
    | 'dataDirectory'
    | 'deliveryRetrySeconds'
    | 'workerConcurrency'
    | 'shutdownGraceSeconds'
    | 'retention'
  >
  publicUrl: string
  /** Signs the addresses of pages in mails. */
  linkSecret: string
  /** Login of the role that may see the jobs, on connections of its own: sessions matter here. */
  url: string
  metrics: Registry
}

export interface Worker {
  isRunning: () => boolean
  /** Takes nothing more, finishes what is under way, and hands back what does not end in time. */
  stop: () => Promise<void>
}

/** A worker lives as long as it says so every now and then. */
const LIFE_TIMES = { beatMs: 5_000, silenceMs: 30_000 }

/** Starts what sends the deliveries that are owed, and what runs jobs. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { logger, url, config } = options
  const onError = (err: Error) => {
    logger.warn({ err }, 'worker database connection lost')
  }
  const pool = connectWorker(url, { max: JOB_CONNECTIONS, onError })
  const life = new LifeLock(url, LIFE_TIMES, onError)
  await life.open()
  const transport = createMailTransport({
    smtpUrl: config.smtpUrl,
    outboxDirectory: join(config.dataDirectory, 'outbox'),
    connections: config.workerConcurrency
  })
  const metrics = createDeliveryMetrics(options.metrics, () =>
    readQueueFigures(pool).catch(() => null)
  )
  const { db, now } = options
  const tasks = createTasks({
    context: { db, now },
    mailDomain: config.mailFrom.address.split('@').at(-1) ?? 'localhost',
    logger,
    retention: config.retention,
    removeExhausted: () => removeExhaustedJobs(pool)
  })
  const jobs = new JobRunner({ pool, life, tasks, logger, concurrency: JOBS_AT_ONCE })
  await jobs.start()
  const { publicUrl, linkSecret } = options
  const deliveries = new DeliveryRunner({
    queue: pool,
    context: {
      db,
      now,
      random: Math.random,
      channels: createChannels({ transport, from: config.mailFrom, publicUrl, linkSecret }),
      retrySeconds: config.deliveryRetrySeconds
    },
    concurrency: config.workerConcurrency,
    metrics,
    logger
  })
  deliveries.start()
  const rescue = keepRescuing(pool, () => life.ids, logger)

  return {
    isRunning: () => jobs.isRunning && deliveries.isRunning,
    async stop() {
      rescue.stop()
      const ms = drainMs(config.shutdownGraceSeconds)
      const [, isDrained] = await Promise.all([jobs.stop(ms), deliveries.stop(ms)])
      if (isDrained) await transport.close()
      await life.close()
      await endPool(pool, 1_000)
    }
  }
}

/** Part of the grace is for what stops after the worker. */
function drainMs(graceSeconds: number): number {
  return Math.max(graceSeconds * 500, graceSeconds * 1000 - 4_000)
}
