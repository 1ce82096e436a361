import type { Task, TaskList } from 'graphile-worker'
import type { Logger } from 'pino'

import type { Database } from '../database/client.ts'
import { forgetCounts, runHousekeeping } from './housekeeping.ts'
import type { Retention } from './housekeeping.ts'
import { reindex } from '../use-cases/fields/reindex.ts'
import { rekey } from '../use-cases/matching/rekey.ts'
import { recompute } from '../use-cases/scoring/recompute.ts'
import { rowParsers } from '../schemas/imports/row-parsers.ts'
import { runImport } from '../use-cases/imports/run-import.ts'
import { watchTime } from './watch.ts'

interface TaskOptions {
  context: { db: Database; now: () => Date }
  /** Domain of our Message-IDs. */
  mailDomain: string
  logger: Logger
  retention: Retention
  removeExhausted: () => Promise<void>
}

/** When what is not a delivery is done, in UTC. Of several workers, one does it. */
export const CRONTAB = `
23 */6 * * * runHousekeeping
* * * * * watchTime`

/** The handlers of the jobs in the queue. */
export function createTasks(options: TaskOptions): TaskList {
  const { context, mailDomain, logger, retention } = options
  return {
    rescore: logging(logger, (payload) => runRecomputation(options, payload)),
    reindex: logging(logger, (payload) => runReindexing(options, payload)),
    rekey: logging(logger, (payload) => runRekeying(options, payload)),
    import: logging(logger, (payload, isLastTry) => runImportJob(options, payload, isLastTry)),
    runHousekeeping: logging(logger, async () => {
      await runHousekeeping(context.db, { now: context.now(), retention })
      await options.removeExhausted()
      logger.info('house kept')
    }),
    watchTime: logging(logger, async () => {
      await forgetCounts(context.db)
      const count = await watchTime(context.db, { now: context.now, mailDomain })
      if (count > 0) logger.info({ count }, 'what came due is done')
    })
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function runRecomputation({ context, logger }: TaskOptions, payload: unknown) {
  const named = readTask(payload, 'recomputation', logger)
  if (!named) return
  const count = await recompute(context.db, { ...named, now: context.now })
  logger.info({ recomputationId: named.id, count }, 'leads scored anew')
}

async function runReindexing({ context, logger }: TaskOptions, payload: unknown) {
  const named = readTask(payload, 'custom field', logger)
  if (!named) return
  const count = await reindex(context.db, { dealerId: named.dealerId, fieldId: named.id })
  logger.info({ customFieldId: named.id, count }, 'records made searchable by their fields')
}

async function runRekeying({ context, logger }: TaskOptions, payload: unknown) {
  const named = readTask(payload, 'rekeying', logger)
  if (!named) return
  const count = await rekey(context.db, { ...named, now: context.now })
  logger.info({ rekeyingId: named.id, count }, 'persons keyed anew')
}

async function runImportJob(
  { context, mailDomain, logger }: TaskOptions,
  payload: unknown,
  isLastTry: boolean
) {
  const named = readTask(payload, 'import', logger)
  if (!named) return
  const work = { ...named, now: context.now, parsersOf: rowParsers, mailDomain, isLastTry }
  const count = await runImport(context.db, work)
  logger.info({ importId: named.id, count }, 'rows of an import gone through')
}

/** The record that a job names (`directory.enqueue_task`); null: none, and the job is dropped. */
function readTask(
  payload: unknown,
  noun: string,
  logger: Logger
): { dealerId: string; id: string } | null {
  const { dealerId, id } = payload as { dealerId?: unknown; id?: unknown }
  if (isId(dealerId) && isId(id)) return { dealerId, id }
  logger.error(`a job that names no ${noun} was dropped`)
  return null
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value)
}

/**
 * Logs a failure our way, and passes on no more than its kind: the queue keeps the text of an error
 * in its table, and an error's text may hold what it is about.
 */
function logging(
  logger: Logger,
  work: (payload: unknown, isLastTry: boolean) => Promise<void>
): Task {
  return async (payload, { job }) => {
    try {
      await work(payload, job.attempts >= job.max_attempts)
    } catch (err) {
      logger.error({ err }, 'job failed')
      throw new Error(err instanceof Error ? err.name : 'not an error')
    }
  }
}
