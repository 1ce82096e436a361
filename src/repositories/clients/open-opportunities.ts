import { and, desc, eq } from 'drizzle-orm'

import { inArray, notInArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { opportunities } from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { CLOSED_STAGES } from '../../domain/clients/opportunity.ts'
import type { Opportunity } from '../../domain/clients/opportunity.ts'
import { visibleOpportunities } from '../visible-records.ts'

/** How many open deals are shown before another one is created. */
const MAX_SHOWN = 20

/** The newest open deals of these clients, as far as this caller sees them. */
export async function findOpenOpportunities(
  tx: Transaction,
  principal: TenantPrincipal,
  clientIds: readonly string[]
): Promise<Pick<Opportunity, 'id' | 'name' | 'stage'>[]> {
  if (clientIds.length === 0) return []
  return await tx.orm
    .select({ id: opportunities.id, name: opportunities.name, stage: opportunities.stage })
    .from(opportunities)
    .where(
      and(
        eq(opportunities.dealerId, tx.dealerId),
        inArray(opportunities.clientId, [...clientIds]),
        notInArray(opportunities.stage, [...CLOSED_STAGES]),
        visibleOpportunities(tx, principal)
      )
    )
    .orderBy(desc(opportunities.createdAt), desc(opportunities.id))
    .limit(MAX_SHOWN)
}

/** Those of these deals that are open. */
export async function findOpenAmong(
  tx: Transaction,
  ids: readonly string[]
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.orm
    .select({ id: opportunities.id })
    .from(opportunities)
    .where(
      and(
        eq(opportunities.dealerId, tx.dealerId),
        inArray(opportunities.id, [...ids]),
        notInArray(opportunities.stage, [...CLOSED_STAGES])
      )
    )
    .for('no key update')
  return new Set(rows.map(({ id }) => id))
}
