import { and, eq, lte, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { inArray } from '../../database/in-array.ts'
import { deliveries } from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
import type { Delivery } from '../../domain/deliveries/delivery.ts'
import type { JobPool } from '../jobs.ts'
import { toDelivery } from './deliveries.ts'

/**
 * The queue of deliveries: pending ones, by the time at which they are due. To see what is due for all
 * dealers takes the worker's own login; to take it, a transaction of the dealer.
 */

/**
 * How long an attempt keeps a delivery from other workers, in seconds. A worker that lives renews it; what
 * a dead one had begun is taken over after this time.
 */
export const HELD_SECONDS = 20

/** Deliveries of one dealer. */
export interface DueDeliveries {
  dealerId: string
  deliveryIds: string[]
}

const FIND_DUE = statement(
  'due-deliveries',
  { limit: 'integer', batch: 'integer', taken: 'uuid[]' },
  `select dealer_id as "dealerId", delivery_ids as "deliveryIds"
   from due_deliveries(:limit, :batch, :taken)`
)

/**
 * Deliveries of all dealers that are due, without those that are `taken`: of the oldest, up to `batch` of each
 * dealer, and more of one dealer only where there is room. Many of one dealer cost less than as many of several.
 */
export async function findDueDeliveries(
  pool: JobPool,
  limits: { limit: number; batch: number },
  taken: readonly string[]
): Promise<DueDeliveries[]> {
  const { rows } = await pool.query<DueDeliveries>(FIND_DUE.with({ ...limits, taken }))
  return rows
}

/** Of these deliveries, those that are due and that no other worker has locked: now locked, by id. */
export async function lockDueDeliveries(
  tx: Transaction,
  ids: readonly string[]
): Promise<Delivery[]> {
  const rows = await tx.orm
    .select()
    .from(deliveries)
    .where(
      and(
        eq(deliveries.dealerId, tx.dealerId),
        inArray(deliveries.id, [...ids]),
        eq(deliveries.state, sql`'pending'`),
        lte(deliveries.dueAt, sql`now()`)
      )
    )
    .orderBy(deliveries.id)
    .for('update', { skipLocked: true })
  return rows.map(toDelivery)
}

const HOLD = 'now() + make_interval(secs => :heldSeconds)'

const BEGIN = statement(
  'begin-deliveries',
  { ids: 'uuid[]', heldSeconds: 'float8', now: 'timestamptz' },
  `update deliveries d
   set attempts = d.attempts + 1, next_attempt_at = null, due_at = ${HOLD},
     version = d.version + 1, updated_at = :now
   where d.dealer_id = :dealerId and d.id = any(:ids)`
)

/** Notes that attempts at these locked deliveries begin, and returns the deliveries as they are now. */
export async function beginDeliveries(
  tx: Transaction,
  begun: readonly Delivery[],
  now: Date
): Promise<Delivery[]> {
  if (begun.length === 0) return []
  const ids = begun.map(({ id }) => id)
  await tx.run(BEGIN, { ids, heldSeconds: HELD_SECONDS, now })
  return begun.map((delivery) => ({
    ...delivery,
    attempts: delivery.attempts + 1,
    nextAttemptAt: null,
    version: delivery.version + 1,
    updatedAt: now
  }))
}

/** A delivery whose attempt is under way: another attempt since then has another number. */
export type UnderwayDelivery = Pick<Delivery, 'id' | 'attempts'>

const KEEP = statement(
  'keep-deliveries',
  { ids: 'uuid[]', attempts: 'smallint[]', heldSeconds: 'float8' },
  `update deliveries d set due_at = ${HOLD}
   from unnest(:ids, :attempts) as a (id, attempts)
   where d.dealer_id = :dealerId and d.id = a.id and d.attempts = a.attempts
     and d.state = 'pending' and d.next_attempt_at is null`
)

/** Holds deliveries for `seconds` from now, where their attempts still go on; 0 hands them back. */
export async function holdDeliveries(
  tx: Transaction,
  underway: readonly UnderwayDelivery[],
  seconds = HELD_SECONDS
): Promise<void> {
  const [ids, attempts] = [underway.map(({ id }) => id), underway.map((one) => one.attempts)]
  await tx.run(KEEP, { ids, attempts, heldSeconds: seconds })
}

const POSTPONE = statement(
  'postpone-deliveries',
  { ids: 'uuid[]', seconds: 'float8' },
  `update deliveries d set due_at = now() + make_interval(secs => :seconds)
   where d.dealer_id = :dealerId and d.id = any(:ids) and d.state = 'pending' and d.due_at <= now()`
)

/** Lets due deliveries wait, where a fault keeps them from being attempted. */
export async function postponeDeliveries(
  tx: Transaction,
  ids: readonly string[],
  seconds: number
): Promise<void> {
  await tx.run(POSTPONE, { ids, seconds })
}

export interface QueueFigures {
  /** Due, and not being attempted. */
  waiting: number
  /** Attempted by a worker. */
  running: number
  /** Due at a later time. */
  scheduled: number
  /** The age of the oldest that is due, or was attempted in vain. */
  oldestSeconds: number
}

/** So many are counted: the figures are for alarms, which are long off by then. */
const COUNT_BOUND = 100_000

const FIGURES = statement(
  'delivery-figures',
  { bound: 'integer' },
  `select waiting, running, scheduled, oldest_seconds as "oldestSeconds"
   from delivery_figures(:bound)`
)

/** How many deliveries of all dealers wait, and for how long. */
export async function readQueueFigures(pool: JobPool): Promise<QueueFigures> {
  const { rows } = await pool.query<QueueFigures>(FIGURES.with({ bound: COUNT_BOUND }))
  return rows[0] ?? { waiting: 0, running: 0, scheduled: 0, oldestSeconds: 0 }
}
