import { and, eq } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray, notInArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { opportunities } from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Opportunity, OpportunityStage } from '../../domain/clients/opportunity.ts'
import { CLOSED_STAGES } from '../../domain/clients/opportunity.ts'
import { pagePlace, toPlacedPage } from '../changes.ts'
import type { Page, PageRequest } from '../paging.ts'
import { visibleOpportunities } from '../visible-records.ts'
import { isClient } from './survivors.ts'
import { eqIfGiven, given, gteIfGiven, inIfGiven, ltIfGiven } from '../filters.ts'
import { selectOpportunities, toOpportunity } from './opportunities.ts'

/** The filters of a list of opportunities. A record must match all given filters. */
interface OpportunityFilter {
  client?: string | undefined
  account?: string | undefined
  lead?: string | undefined
  stage?: readonly OpportunityStage[] | undefined
  responsible?: readonly string[] | undefined
  open?: boolean | undefined
  createdFrom?: Date | undefined
  createdTo?: Date | undefined
  updatedFrom?: Date | undefined
  updatedTo?: Date | undefined
}

/** One page of a dealer's opportunities, as far as this caller sees them. */
export async function listOpportunities(
  tx: Transaction,
  principal: TenantPrincipal,
  filter: OpportunityFilter,
  page: PageRequest
): Promise<Page<Opportunity>> {
  const place = pagePlace(opportunities, opportunities.createdAt, page)
  const rows = await selectOpportunities(tx, tx.filterOrm)
    .where(
      and(
        eq(opportunities.dealerId, tx.dealerId),
        visibleOpportunities(tx, principal),
        ...filterConditions(tx, filter),
        place.condition
      )
    )
    .orderBy(...place.order)
    .limit(page.limit + 1)
  const read = rows.map((row) => ({ ...toOpportunity(row), changedIn: row.changedIn }))
  return toPlacedPage(read, page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

function filterConditions(tx: Transaction, filter: OpportunityFilter): (SQL | undefined)[] {
  const { client, account, lead, stage, responsible, open, createdFrom, createdTo } = filter
  return [
    given(client, (id) => isClient(tx, opportunities.clientId, id)),
    eqIfGiven(opportunities.accountId, account),
    eqIfGiven(opportunities.leadId, lead),
    inIfGiven(opportunities.stage, stage),
    inIfGiven(opportunities.responsibleUserId, responsible),
    given(open, (is) => (is ? notInArray : inArray)(opportunities.stage, [...CLOSED_STAGES])),
    gteIfGiven(opportunities.createdAt, createdFrom),
    ltIfGiven(opportunities.createdAt, createdTo),
    gteIfGiven(opportunities.updatedAt, filter.updatedFrom),
    ltIfGiven(opportunities.updatedAt, filter.updatedTo)
  ]
}
