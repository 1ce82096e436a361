import type { Logger } from 'pino'

import type { Config } from '../config.ts'
import type { Database } from '../database/client.ts'

export interface WorkerOptions {
  db: Database
  now: () => Date
  logger: Logger
  config: Config
  /** Login of the role that may see the jobs. */
  url: string
}

export interface Worker {
  isRunning: () => boolean
  stop: () => Promise<void>
}

export async function startWorker(_options: WorkerOptions): Promise<Worker> {
  await Promise.resolve()
  return {
    isRunning: () => true,
    stop: async () => {
      await Promise.resolve()
    }
  }
}
