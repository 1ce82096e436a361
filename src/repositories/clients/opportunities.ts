import { and, eq, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { clients, leads, opportunities, sales, statuses, users } from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Opportunity } from '../../domain/clients/opportunity.ts'
import { OPEN_GROUPS } from '../../domain/leads/status-groups.ts'
import { moneyColumns, toMoney } from '../money.ts'
import { visibleOpportunities } from '../visible-records.ts'
import { isRecord } from '../filters.ts'
import { isCancelled } from '../sales/sale-facts.ts'

/** The opportunity, or null where this caller sees none with this id. */
export async function findOpportunity(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<Opportunity | null> {
  const [row] = await selectOpportunities(tx).where(
    and(isRecord(tx, opportunities, id), visibleOpportunities(tx, principal))
  )
  return row ? toOpportunity(row) : null
}

/** The opportunity, regardless of caller visibility. For system jobs. */
export async function findOpportunityById(
  tx: Transaction,
  id: string
): Promise<Opportunity | null> {
  const [row] = await selectOpportunities(tx).where(isRecord(tx, opportunities, id))
  return row ? toOpportunity(row) : null
}

/** The opportunity, locked until the transaction ends, or null where this caller sees none. */
export async function lockOpportunity(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<Opportunity | null> {
  const locked = await tx.orm
    .select({ id: opportunities.id })
    .from(opportunities)
    .where(and(isRecord(tx, opportunities, id), visibleOpportunities(tx, principal)))
    .for('update', { of: opportunities })
  return locked.length === 0 ? null : await findOpportunityById(tx, id)
}

/** The opportunity, locked, regardless of caller visibility. */
export async function lockOpportunityById(
  tx: Transaction,
  id: string
): Promise<Opportunity | null> {
  const locked = await tx.orm
    .select({ id: opportunities.id })
    .from(opportunities)
    .where(isRecord(tx, opportunities, id))
    .for('update')
  return locked.length === 0 ? null : await findOpportunityById(tx, id)
}

/**
 * The opportunity where this caller sees it; until the transaction ends neither it nor its client can
 * be removed or merged, so that what is about to refer to them will find them there.
 */
export async function holdOpportunity(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<Opportunity | null> {
  const seen = await findOpportunity(tx, principal, id)
  if (!seen) return null
  // Clients come first in the order of locks; a merging that was under way is waited for.
  await tx.orm
    .select({ id: clients.id })
    .from(clients)
    .where(isRecord(tx, clients, seen.clientId))
    .for('key share')
  await tx.orm
    .select({ id: opportunities.id })
    .from(opportunities)
    .where(isRecord(tx, opportunities, id))
    .for('key share')
  const held = await findOpportunityById(tx, id)
  const isMoved = held !== null && held.clientId !== seen.clientId
  return isMoved ? await holdOpportunity(tx, principal, id) : held
}

export type NewOpportunity = Omit<
  Opportunity,
  'responsibleUser' | 'saleId' | 'openLeadId' | 'version' | 'createdAt' | 'updatedAt'
> & { responsibleUserId: string | null }

/** Writes an opportunity and returns it. */
export async function insertOpportunity(
  tx: Transaction,
  { amount, ...opportunity }: NewOpportunity,
  now: Date
): Promise<Opportunity> {
  await tx.orm.insert(opportunities).values({
    dealerId: tx.dealerId,
    ...opportunity,
    ...moneyColumns(amount),
    version: 1,
    createdAt: now,
    updatedAt: now
  })
  return await readBack(tx, opportunity.id)
}

/** Changes a locked opportunity and returns it as it is now. */
export async function updateOpportunity(
  tx: Transaction,
  id: string,
  { amount, ...change }: Partial<Omit<NewOpportunity, 'id'>>,
  now: Date
): Promise<Opportunity> {
  await tx.orm
    .update(opportunities)
    .set({
      ...change,
      ...(amount === undefined ? {} : moneyColumns(amount)),
      version: sql`${opportunities.version} + 1`,
      updatedAt: now
    })
    .where(isRecord(tx, opportunities, id))
  return await readBack(tx, id)
}

/** Removes a locked opportunity that nothing refers to any more. */
export async function deleteOpportunity(tx: Transaction, id: string): Promise<void> {
  await tx.orm.delete(opportunities).where(isRecord(tx, opportunities, id))
}

async function readBack(tx: Transaction, id: string): Promise<Opportunity> {
  const opportunity = await findOpportunityById(tx, id)
  if (!opportunity) throw new Error('an opportunity that was just written is gone')
  return opportunity
}

type Row = Awaited<ReturnType<typeof selectOpportunities>>[number]

export function toOpportunity({ amount, currency, changedIn: _, ...row }: Row): Opportunity {
  return { ...row, amount: toMoney({ amount, currency }) }
}

export function selectOpportunities(tx: Transaction, orm = tx.orm) {
  return orm
    .select({
      id: opportunities.id,
      name: opportunities.name,
      clientId: opportunities.clientId,
      accountId: opportunities.accountId,
      leadId: opportunities.leadId,
      stage: opportunities.stage,
      amount: opportunities.amount,
      currency: opportunities.currency,
      expectedClose: opportunities.expectedClose,
      products: opportunities.products,
      description: opportunities.description,
      closeReason: opportunities.closeReason,
      closedAt: opportunities.closedAt,
      responsibleUser: { id: users.id, name: users.name },
      saleId: sql<string | null>`(select s.id from ${sales} s
        where s.dealer_id = ${opportunities.dealerId} and s.opportunity_id = ${opportunities.id}
          and s.undone_at is null and not ${isCancelled()} order by s.id limit 1)`,
      openLeadId: sql<string | null>`(select l.id from ${leads} l
        join ${statuses} t on t.dealer_id = l.dealer_id and t.id = l.status_id
        where l.dealer_id = ${opportunities.dealerId} and l.id = ${opportunities.leadId}
          and ${opportunities.stage} = 'lost' and t."group" in ${[...OPEN_GROUPS]})`,
      version: opportunities.version,
      createdAt: opportunities.createdAt,
      updatedAt: opportunities.updatedAt,
      changedIn: opportunities.changedIn
    })
    .from(opportunities)
    .leftJoin(
      users,
      and(eq(users.dealerId, opportunities.dealerId), eq(users.id, opportunities.responsibleUserId))
    )
    .$dynamic()
}
