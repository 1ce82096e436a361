import type { Registry } from 'prom-client'

import type { Config } from '../config/config.ts'
import type { PreparedDatabase } from '../database/prepare.ts'

/** The figures of one process, as the metrics library writes them. */
export type Figures = Awaited<ReturnType<Registry['getMetricsAsJSON']>>

/** What a process of a cluster is to do. */
export interface Order {
  /** Such as `api-1`: the same for the process that follows one that ended. */
  name: string
  config: Config
  prepared: Omit<PreparedDatabase, 'stop'>
  /** How many passwords are hashed at a time. */
  hashingAtOnce: number
  /** Whether a worker tells how it is: where no process serves the API. */
  tells: boolean
}

/** What the supervisor tells a process. */
export type ToMember =
  | { kind: 'begin'; order: Order }
  /** Why the processes together can't serve. */
  | { kind: 'obstacles'; obstacles: string[] }
  | { kind: 'collect'; id: number }
  /** The figures of all processes; null: they could not be had. */
  | { kind: 'metrics'; id: number; text: string | null }
  | { kind: 'stop' }

/** What a process tells the supervisor. */
export type ToPrimary =
  /** It listens: what it was told before is lost. */
  | { kind: 'hello' }
  | { kind: 'ready'; baseUrl: string }
  | { kind: 'failed'; reason: string }
  | { kind: 'working'; isWorking: boolean }
  | { kind: 'collected'; id: number; figures: Figures }
  | { kind: 'ask-metrics'; id: number }
