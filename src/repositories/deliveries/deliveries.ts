import { and, asc, desc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import { deliveries } from '../../database/schema.ts'
import type {
  Delivery,
  DeliveryPurpose,
  DeliveryState,
  PlannedDelivery
} from '../../domain/deliveries/delivery.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { newId } from '../../ids.ts'
import { toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { insertParticipants } from '../leads/participants.ts'
import { insertNotifications } from '../notifications/notifications.ts'
import { ofVisibleLead } from '../visible-records.ts'
import { ofVisiblePromoter } from '../visible-promoters.ts'
import { eqIfGiven, given, inIfGiven, isRecord } from '../filters.ts'

/**
 * Owes messages about a lead, in the transaction of what caused them: rows for people to see, and the
 * worker's queue. What team members are told is a notification, too, and they see its lead from then
 * on. A capture does the same in its own statement (`repositories/leads/capture-record.ts`).
 */
export async function createDeliveries(
  tx: Transaction,
  owed: {
    /** Null: deliveries without a lead. */
    leadId: string | null
    deliveries: readonly PlannedDelivery[]
    /** Domain of our Message-IDs. */
    mailDomain: string
    now: Date
  }
): Promise<void> {
  const { leadId } = owed
  const deliveries = owed.deliveries.map((delivery) => ({ leadId, ...delivery }))
  await createDeliveriesOfMany(tx, { ...owed, deliveries })
}

/** The same about many leads at once, with no more statements. */
export async function createDeliveriesOfMany(
  tx: Transaction,
  owed: {
    deliveries: readonly (PlannedDelivery & { leadId: string | null })[]
    mailDomain: string
    now: Date
  }
): Promise<void> {
  const { mailDomain, now } = owed
  if (owed.deliveries.length === 0) return
  const planned = owed.deliveries.map((delivery) => addressed(delivery, mailDomain))
  const fresh = await insertNotifications(tx, planned, now)
  const rows = fresh.filter(isSent)
  if (rows.length > 0) await tx.run(CREATE, { deliveries: rows, at: now })
  const told = fresh.flatMap(({ leadId, userId }) =>
    leadId !== null && typeof userId === 'string'
      ? [{ leadId, userId, reason: 'told' as const }]
      : []
  )
  await insertParticipants(tx, told, now)
}

/** Whether it becomes a message of its own: notifications for the digest, or without a mail, do not. */
export function isSent({ mode }: PlannedDelivery): boolean {
  return mode === undefined || mode === 'now'
}

/** A planned delivery with its id, and the Message-ID of all its attempts. */
export function addressed<Planned extends PlannedDelivery & { leadId: string | null }>(
  delivery: Planned,
  mailDomain: string
): Planned & { id: string; messageId: string } {
  const id = newId()
  return { ...delivery, id, messageId: `<${id}@${mailDomain}>` }
}

/**
 * Inserts `addressed` deliveries, which the expression `deliveries` has as JSON. Delays count by the
 * database's clock, which is the one that the worker goes by.
 */
export function deliveriesInsert({ deliveries, at }: { deliveries: string; at: string }): string {
  return `
  insert into deliveries (dealer_id, id, lead_id, purpose, about_id, channel, target, user_id, state,
    message_id, attempts, next_attempt_at, due_at, created_at, updated_at)
  select :dealerId, d.id, d."leadId", d.purpose, d."aboutId", d.channel, d.target, d."userId", 'pending',
    d."messageId", 0, coalesce(d."dueAt", ${at}), now() + (coalesce(d."dueAt", ${at}) - ${at}),
    ${at}, ${at}
  from jsonb_to_recordset(${deliveries}) as d(id uuid, "leadId" uuid, purpose text,
    "aboutId" uuid, channel text, target jsonb, "userId" uuid, "messageId" text, "dueAt" timestamptz)`
}

const CREATE = statement(
  'owe-deliveries',
  { deliveries: 'jsonb', at: 'timestamptz' },
  deliveriesInsert({ deliveries: ':deliveries', at: ':at' })
)

/** The filters of a list of deliveries. A record must match all given filters. */
interface DeliveryFilter {
  state?: readonly DeliveryState[] | undefined
  leadId?: string | undefined
  purpose?: readonly DeliveryPurpose[] | undefined
}

/**
 * One page of deliveries: those of the leads that this caller sees. By id, which is by age, so that
 * the indexes on lead and state serve.
 */
export async function listDeliveries(
  tx: Transaction,
  principal: TenantPrincipal,
  filter: DeliveryFilter,
  page: PageRequest
): Promise<Page<Delivery>> {
  const { leadId } = filter
  const { after, descending, limit } = page
  const rows = await tx.filterOrm
    .select()
    .from(deliveries)
    .where(
      and(
        ofCaller(tx, principal, filter),
        eqIfGiven(deliveries.leadId, leadId),
        given(after, ({ id }) => (descending ? lt : gt)(deliveries.id, id))
      )
    )
    .orderBy((descending ? desc : asc)(deliveries.id))
    .limit(limit + 1)
  return toPage(rows.map(toDelivery), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

/** The delivery, or null where this caller sees none with this id. */
export async function findDelivery(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<Delivery | null> {
  const [row] = await tx.orm
    .select()
    .from(deliveries)
    .where(and(isRecord(tx, deliveries, id), ofVisible(tx, principal)))
  return row ? toDelivery(row) : null
}

/** The delivery, regardless of caller visibility. */
export async function findDeliveryById(tx: Transaction, id: string): Promise<Delivery | null> {
  const [row] = await tx.orm
    .select()
    .from(deliveries)
    .where(isRecord(tx, deliveries, id))
  return row ? toDelivery(row) : null
}

/** The delivery, locked until the transaction ends, regardless of caller visibility. For system jobs. */
export async function lockDelivery(tx: Transaction, id: string): Promise<Delivery | null> {
  const [row] = await tx.orm
    .select()
    .from(deliveries)
    .where(isRecord(tx, deliveries, id))
    .for('update')
  return row ? toDelivery(row) : null
}

/** Columns that an attempt, or a person, sets. */
type DeliveryChange = Partial<
  Pick<Delivery, 'state' | 'attempts' | 'failures' | 'nextAttemptAt' | 'reason' | 'sentAt'>
>

/** Changes a locked delivery and returns it as it is now. One that becomes pending is due at once. */
export async function updateDelivery(
  tx: Transaction,
  id: string,
  change: DeliveryChange,
  now: Date
): Promise<Delivery> {
  const [row] = await tx.orm
    .update(deliveries)
    .set({
      ...change,
      ...(change.state === 'pending' ? { dueAt: sql`now()` } : {}),
      version: sql`${deliveries.version} + 1`,
      updatedAt: now
    })
    .where(isRecord(tx, deliveries, id))
    .returning()
  if (!row) throw new Error('a locked delivery is gone')
  return toDelivery(row)
}

/** The dealer's deliveries that the caller sees, of these states and purposes; none given: of all. */
export function ofCaller(
  tx: Transaction,
  principal: TenantPrincipal,
  { state, purpose }: Pick<DeliveryFilter, 'state' | 'purpose'> = {}
): SQL | undefined {
  return and(
    eq(deliveries.dealerId, tx.dealerId),
    ofVisible(tx, principal),
    inIfGiven(deliveries.state, state),
    inIfGiven(deliveries.purpose, purpose)
  )
}

/** Deliveries about leads that the caller sees; of those about no lead, about promoters they see. */
function ofVisible(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  if (seesAll(principal)) return undefined
  const { dealerId, aboutId } = deliveries
  const ofPromoters = ofVisiblePromoter(tx, { dealerId, promoterId: aboutId }, principal)
  return or(ofVisibleLead(tx, deliveries, principal), and(isNull(deliveries.leadId), ofPromoters))
}

export function toDelivery(row: typeof deliveries.$inferSelect): Delivery {
  const { dealerId: _, dueAt: _dueAt, ...delivery } = row
  return delivery
}
