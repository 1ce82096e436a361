import { EventEmitter } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

import { Logger as JobLogger, run } from 'graphile-worker'
import type { Runner, TaskList, WorkerEvents, WorkerPool } from 'graphile-worker'
import type { Logger } from 'pino'

import type { LifeLock } from '../database/worker-connections.ts'
import { unlockJobsOf } from '../repositories/jobs.ts'
import type { JobPool } from '../repositories/jobs.ts'
import { CRONTAB } from './tasks.ts'

interface JobRunnerOptions {
  pool: JobPool
  /** Shows that this process lives, for as long as it holds jobs. */
  life: Pick<LifeLock, 'hold' | 'drop'>
  tasks: TaskList
  logger: Logger
  concurrency: number
}

/** How often jobs are looked for beside PostgreSQL's notices, which can get lost. */
const POLL_MS = 2_000

/**
 * After so many failures to fetch a job, with no success in between, the queue is taken up anew.
 * graphile-worker keeps the failed result of its first query for ever, and is deaf from then on.
 */
const MAX_FETCH_FAILURES = 8

/**
 * How long a run may take to end after its last job has ended. graphile-worker waits forever where
 * two batches have failed.
 */
const END_MS = 5_000

/** The pause before the queue is taken up again after it ended by itself. */
const RESTART_MS = 1_000

/** Runs jobs until told to stop. graphile-worker ends itself when it can't record a job; this goes on. */
export class JobRunner {
  readonly #options: JobRunnerOptions
  #runner: Runner | null = null
  /** The id under which the present run locks its jobs. */
  #holder: string | null = null
  private isStopping = false
  /** Whether the present run is ending. */
  #isEnding = false
  #fetchFailures = 0

  constructor(options: JobRunnerOptions) {
    this.#options = options
  }

  get isRunning(): boolean {
    const mayFetch = !this.isStopping && !this.#isEnding && this.#fetchFailures < MAX_FETCH_FAILURES
    return this.#runner !== null && mayFetch
  }

  async start(): Promise<void> {
    const runner = await this.#run()
    void this.#keepRunning(runner)
  }

  /**
   * Waits for jobs in flight, no longer than `drainMs`; what has not ended by then is handed back for
   * others. Returns whether all had ended.
   */
  async stop(drainMs: number): Promise<boolean> {
    this.isStopping = true
    const drained = this.#runner?.stop().then(
      () => true,
      () => true
    )
    const isDrained = (await Promise.race([drained, wait(drainMs, false, { ref: false })])) ?? true
    const { pool, logger } = this.#options
    if (!isDrained && this.#holder !== null) {
      try {
        await unlockJobsOf(pool, [this.#holder])
        logger.warn('jobs in flight handed back')
      } catch (err) {
        logger.warn({ err }, 'jobs in flight are left for others to take over')
      }
    }
    return isDrained
  }

  async #run(): Promise<Runner> {
    const { pool, life, tasks, logger, concurrency } = this.#options
    const events: WorkerEvents = new EventEmitter()
    events.on('pool:create', ({ workerPool }) => {
      this.#holder = workerPool.id
      life.hold(workerPool.id)
    })
    this.#watchFetching(events)
    this.#watchEnd(events)
    this.#runner = await run({
      pgPool: pool,
      taskList: tasks,
      crontab: CRONTAB,
      concurrency,
      pollInterval: POLL_MS,
      noHandleSignals: true,
      // Where a job can't be finished, graphile-worker ends the run, but only if it finishes jobs in
      // batches. Otherwise no code handles the rejection, which ends the process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      // When to give up waiting is decided here, in `stop`.
      gracefulShutdownAbortTimeout: 3_600_000,
      logger: bridge(logger),
      events
    })
    return this.#runner
  }

  #watchFetching(events: WorkerEvents): void {
    this.#fetchFailures = 0
    const succeed = () => {
      this.#fetchFailures = 0
    }
    events.on('worker:getJob:empty', succeed)
    events.on('job:start', succeed)
    events.on('worker:getJob:error', ({ error }) => {
      this.#fetchFailures += 1
      if (this.#fetchFailures !== MAX_FETCH_FAILURES || this.isStopping) return
      this.#options.logger.error({ err: error }, 'jobs can’t be fetched; taking the queue up anew')
      void this.#runner?.stop().catch(() => undefined)
    })
  }

  /** Makes a run that is ending end in time, so that the next one can begin. */
  #watchEnd(events: WorkerEvents): void {
    this.#isEnding = false
    const busy = new Set<unknown>()
    let timer: NodeJS.Timeout | undefined
    const endSoon = (workerPool: WorkerPool) => {
      if (!this.#isEnding || busy.size > 0) return
      timer ??= setTimeout(() => {
        Promise.resolve(workerPool.forcefulShutdown('the run did not end in time')).catch(
          () => undefined
        )
      }, END_MS)
    }
    events.on('worker:create', ({ worker }) => busy.add(worker))
    events.on('worker:stop', ({ worker }) => {
      busy.delete(worker)
      endSoon(worker.workerPool)
    })
    events.on('pool:gracefulShutdown', ({ workerPool }) => {
      this.#isEnding = true
      endSoon(workerPool)
    })
    events.on('pool:release', () => {
      clearTimeout(timer)
    })
  }

  async #keepRunning(first: Runner): Promise<void> {
    const { logger } = this.#options
    let runner: Runner | null = first
    for (;;) {
      await runner?.promise.catch((err: unknown) => {
        logger.error({ err }, 'the job queue ended')
      })
      this.#forget()
      await wait(RESTART_MS, undefined, { ref: false })
      if (this.isStopping) return
      runner = await this.#run().catch((err: unknown) => {
        logger.error({ err }, 'the job queue could not be taken up')
        return null
      })
    }
  }

  /** Jobs that the ended run kept are given back by the next look for jobs of dead workers. */
  #forget(): void {
    if (this.isStopping) return
    this.#runner = null
    if (this.#holder !== null) this.#options.life.drop(this.#holder)
    this.#holder = null
  }
}

/** graphile-worker's log, without its texts: they quote payloads and errors. */
function bridge(logger: Logger) {
  return new JobLogger(({ label, jobId, taskIdentifier }) => (level: string, _message, meta) => {
    const fields = { part: label, jobId, task: taskIdentifier, err: meta?.error }
    if (level === 'error') logger.error(fields, 'the job queue reported an error')
    else if (level === 'warning') logger.warn(fields, 'the job queue reported a fault')
  })
}
