import { and, desc, eq } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { deliveryAttempts } from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
import type { Delivery, DeliveryAttempt } from '../../domain/deliveries/delivery.ts'
import type { Actor } from '../../domain/events/event.ts'
import { actorColumns } from '../actors.ts'
import { eventRow, eventsInsert } from '../events/record-events.ts'
import type { NewEvent } from '../events/record-events.ts'

/** The message of a delivery. */
export interface DeliveryMessage {
  deliveryId: string
  raw: string
}

const INSERT_MESSAGES = statement(
  'insert-messages',
  { ids: 'uuid[]', raws: 'text[]', now: 'timestamptz' },
  `insert into delivery_messages (dealer_id, delivery_id, raw, created_at)
   select :dealerId, m.id, m.raw, :now from unnest(:ids, :raws) as m (id, raw)`
)

export async function insertMessages(
  tx: Transaction,
  messages: readonly DeliveryMessage[],
  now: Date
): Promise<void> {
  if (messages.length === 0) return
  const ids = messages.map(({ deliveryId }) => deliveryId)
  await tx.run(INSERT_MESSAGES, { ids, raws: messages.map(({ raw }) => raw), now })
}

const READ_MESSAGES = statement(
  'read-messages',
  { ids: 'uuid[]' },
  `select m.delivery_id as "deliveryId", m.raw from delivery_messages m
   where m.dealer_id = :dealerId and m.delivery_id = any(:ids)`
).returning<DeliveryMessage>()

/** The messages of these deliveries that were composed already, by delivery. */
export async function findMessages(
  tx: Transaction,
  ids: readonly string[]
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.run(READ_MESSAGES, { ids })
  return new Map(rows.map(({ deliveryId, raw }) => [deliveryId, raw]))
}

/** The message as it was composed, or null where it was not composed yet. */
export async function findMessage(tx: Transaction, deliveryId: string): Promise<string | null> {
  return (await findMessages(tx, [deliveryId])).get(deliveryId) ?? null
}

export async function insertAttempt(
  tx: Transaction,
  deliveryId: string,
  attempt: DeliveryAttempt
): Promise<void> {
  await tx.orm.insert(deliveryAttempts).values({ dealerId: tx.dealerId, deliveryId, ...attempt })
}

/** How an attempt ended, and what becomes of its delivery. */
export interface EndedDelivery extends Pick<
  Delivery,
  'id' | 'state' | 'failures' | 'nextAttemptAt' | 'reason' | 'sentAt'
> {
  /** The wait before the next attempt, in seconds; null: there is none. */
  delaySeconds: number | null
  attempt: Omit<DeliveryAttempt, 'createdAt'>
  event: NewEvent | null
}

const ENDED = `jsonb_to_recordset(:ended) as a(id uuid, number smallint, state text, failures smallint,
  "nextAttemptAt" timestamptz, "delaySeconds" float8, reason jsonb, "sentAt" timestamptz,
  outcome text, code text, facts jsonb, "durationMs" integer, event jsonb)`

const END = statement(
  'end-attempts',
  { ended: 'jsonb', actorType: 'text', actorId: 'uuid?', now: 'timestamptz' },
  `with changed as (
    update deliveries d
    set state = a.state, failures = a.failures, next_attempt_at = a."nextAttemptAt",
      due_at = now() + make_interval(secs => coalesce(a."delaySeconds", 0)), reason = a.reason,
      sent_at = a."sentAt", version = d.version + 1, updated_at = :now
    from ${ENDED}
    where d.dealer_id = :dealerId and d.id = a.id and d.attempts = a.number
      and d.state = 'pending' and d.next_attempt_at is null
    returning d.id
  ), attempted as (
    insert into delivery_attempts (dealer_id, delivery_id, number, outcome, code, facts, duration_ms,
      created_at)
    select :dealerId, a.id, a.number, a.outcome, a.code, a.facts, a."durationMs", :now
    from ${ENDED} join changed on changed.id = a.id
  ), happened as (${eventsInsert({
    events: `(select jsonb_agg(a.event) from ${ENDED} join changed on changed.id = a.id
      where a.event is not null)`,
    actorType: ':actorType',
    actorId: ':actorId',
    at: ':now'
  })}
  ) select id from changed`
).returning<{ id: string }>()

/**
 * Records how attempts ended, with their events, and returns the deliveries of which that is recorded. Not
 * among them are those whose attempt is no longer the latest, or that are ended.
 */
export async function endAttempts(
  tx: Transaction,
  ended: readonly EndedDelivery[],
  actor: Actor,
  now: Date
): Promise<ReadonlySet<string>> {
  const rows = await tx.run(END, {
    ...actorColumns(actor),
    now,
    ended: ended.map(({ attempt, event, ...change }) => ({
      ...change,
      ...attempt,
      event: event && eventRow(event)
    }))
  })
  return new Set(rows.map(({ id }) => id))
}

/** The latest attempts of a delivery, the last first. */
export async function findLatestAttempts(
  tx: Transaction,
  deliveryId: string,
  limit: number
): Promise<DeliveryAttempt[]> {
  const rows = await tx.orm
    .select()
    .from(deliveryAttempts)
    .where(
      and(eq(deliveryAttempts.dealerId, tx.dealerId), eq(deliveryAttempts.deliveryId, deliveryId))
    )
    .orderBy(desc(deliveryAttempts.number))
    .limit(limit)
  return rows.map(toAttempt)
}

/** All attempts of these deliveries, in order, by delivery. */
export async function findAttempts(
  tx: Transaction,
  deliveryIds: readonly string[]
): Promise<Map<string, DeliveryAttempt[]>> {
  const found = new Map<string, DeliveryAttempt[]>(deliveryIds.map((id) => [id, []]))
  if (deliveryIds.length === 0) return found
  const rows = await tx.orm
    .select()
    .from(deliveryAttempts)
    .where(
      and(
        eq(deliveryAttempts.dealerId, tx.dealerId),
        inArray(deliveryAttempts.deliveryId, [...deliveryIds])
      )
    )
    .orderBy(deliveryAttempts.deliveryId, deliveryAttempts.number)
  for (const row of rows) found.get(row.deliveryId)?.push(toAttempt(row))
  return found
}

function toAttempt(row: typeof deliveryAttempts.$inferSelect): DeliveryAttempt {
  const { number, outcome, code, facts, durationMs, createdAt } = row
  return { number, outcome, code, facts, durationMs, createdAt }
}
