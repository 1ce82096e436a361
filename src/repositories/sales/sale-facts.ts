import { and, asc, eq, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray, notInArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import {
  leads,
  opportunities,
  promoters,
  referralLinks,
  saleStatuses,
  sales
} from '../../database/schema.ts'
import { CLOSED_STAGES } from '../../domain/clients/opportunity.ts'
import type { OpenOpportunity, SaleFacts } from '../../domain/sales/sale-content.ts'

/** A lead that was sold to and has no sale yet, with what its sale takes from it. */
export interface SoldLead extends SaleFacts {
  id: string
  version: number
  clientId: string | null
  sourceId: string
  assigneeId: string | null
  referralLinkId: string | null
  /** Whose link brought it, or who signed its promoter up. */
  referralUserId: string | null
}

/** Whether a sale `s` was cancelled: it counts no more. */
export function isCancelled(): SQL {
  return sql`exists (select 1 from ${saleStatuses} t where t.dealer_id = s.dealer_id
    and t.id = s.status_id and t."group" = 'cancelled')`
}

/** Of these locked leads those that get a sale: no test leads, and none that has one that counts. */
export async function findSoldLeads(
  tx: Transaction,
  leadIds: readonly string[]
): Promise<SoldLead[]> {
  const rows = await tx.orm
    .select({
      id: leads.id,
      version: leads.version,
      clientId: leads.clientId,
      sourceId: leads.sourceId,
      assigneeId: leads.assigneeId,
      referralLinkId: leads.referralLinkId,
      referralUserId: sql<
        string | null
      >`coalesce((select r.user_id from ${referralLinks} r where r.dealer_id = ${leads.dealerId}
        and r.id = ${leads.referralLinkId}), ${promoters.userId})`,
      content: leads.content,
      receivedAt: leads.receivedAt,
      promoter: {
        id: promoters.id,
        state: promoters.state,
        approvedAt: promoters.approvedAt,
        removedAt: promoters.removedAt
      },
      opportunitiesOfLead: openOpportunities(tx, eq(opportunities.leadId, leads.id)),
      opportunitiesOfClient: openOpportunities(tx, eq(opportunities.clientId, leads.clientId))
    })
    .from(leads)
    .leftJoin(
      promoters,
      and(eq(promoters.dealerId, leads.dealerId), eq(promoters.id, leads.promoterId))
    )
    .where(
      and(
        eq(leads.dealerId, tx.dealerId),
        inArray(leads.id, [...leadIds]),
        eq(leads.isTest, false),
        sql`not exists (select 1 from ${sales} s where s.dealer_id = ${leads.dealerId}
          and s.lead_id = ${leads.id} and s.undone_at is null and not ${isCancelled()})`
      )
    )
    .orderBy(asc(leads.id))
  return rows.map(({ content, ...row }) => ({ ...row, vehicles: content.vehicles }))
}

/** Two at most: more than one is as good as many, for it is not known which. */
function openOpportunities(tx: Transaction, of: SQL): SQL<OpenOpportunity[]> {
  const open = tx.orm
    .select({
      json: sql`json_build_object('id', ${opportunities.id}, 'amount',
        case when ${opportunities.amount} is not null and ${opportunities.currency} is not null
        then json_build_object('amount', ${opportunities.amount}::text, 'currency', ${opportunities.currency})
        end)`.as('json')
    })
    .from(opportunities)
    .where(
      and(
        eq(opportunities.dealerId, leads.dealerId),
        of,
        notInArray(opportunities.stage, [...CLOSED_STAGES])
      )
    )
    .limit(2)
  return sql`(select coalesce(json_agg(open.json), '[]'::json) from (${open}) open)`
}
