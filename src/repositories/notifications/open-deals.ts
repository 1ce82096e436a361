import { and, count, desc, eq, isNull } from 'drizzle-orm'

import { notInArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { clients, opportunities } from '../../database/schema.ts'
import { CLOSED_STAGES } from '../../domain/clients/opportunity.ts'
import type { Reference } from '../../domain/leads/lead.ts'

/** How many clients and open opportunities a user is responsible for. */
export async function countResponsibilities(
  tx: Transaction,
  userId: string
): Promise<{ clients: number; opportunities: number }> {
  const [ofClients] = await tx.orm
    .select({ all: count() })
    .from(clients)
    .where(areClientsOf(tx, userId))
  const [ofDeals] = await tx.orm
    .select({ all: count() })
    .from(opportunities)
    .where(areOpenDealsOf(tx, userId))
  return { clients: ofClients?.all ?? 0, opportunities: ofDeals?.all ?? 0 }
}

/** The latest of the clients. */
export async function findClientsOfUser(
  tx: Transaction,
  userId: string,
  limit: number
): Promise<Reference[]> {
  return await tx.orm
    .select({ id: clients.id, name: clients.displayName })
    .from(clients)
    .where(areClientsOf(tx, userId))
    .orderBy(desc(clients.createdAt), desc(clients.id))
    .limit(limit)
}

/** The latest of the open opportunities. */
export async function findOpenDealsOfUser(
  tx: Transaction,
  userId: string,
  limit: number
): Promise<{ name: string; clientId: string }[]> {
  return await tx.orm
    .select({ name: opportunities.name, clientId: opportunities.clientId })
    .from(opportunities)
    .where(areOpenDealsOf(tx, userId))
    .orderBy(desc(opportunities.createdAt), desc(opportunities.id))
    .limit(limit)
}

function areClientsOf(tx: Transaction, userId: string) {
  return and(
    eq(clients.dealerId, tx.dealerId),
    eq(clients.responsibleUserId, userId),
    isNull(clients.mergedIntoId)
  )
}

function areOpenDealsOf(tx: Transaction, userId: string) {
  return and(
    eq(opportunities.dealerId, tx.dealerId),
    eq(opportunities.responsibleUserId, userId),
    notInArray(opportunities.stage, [...CLOSED_STAGES])
  )
}
