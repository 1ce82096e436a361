import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { leads } from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { Page, PageRequest } from '../paging.ts'
import { clientOf, leadConditions } from './lead-filter.ts'
import type { LeadFilter } from './lead-filter.ts'
import { readLeads } from './lead-rows.ts'
import type { LeadPart } from './lead-rows.ts'
import { bestFirst, findMatchingRecords, toBestPage } from './search.ts'
import { onVisiblePage } from './visible-leads.ts'

/** One page of the leads that a search finds, best first, as far as this caller sees them. */
export async function listRelevantLeads(
  tx: Transaction,
  principal: TenantPrincipal,
  { q, ...filter }: LeadFilter & { q: string },
  page: PageRequest & { part?: LeadPart }
): Promise<Page<Lead>> {
  const behind = bestFirst(await findMatchingRecords(tx, 'lead', q), page)
  const ids = behind.map(({ id }) => id)
  const conditions = [...(await leadConditions(tx, filter)), inArray(leads.id, ids)]
  // They are few, as the leads of a client are.
  const client = clientOf(filter) ?? 'filter'
  const rows = await tx.filterOrm
    .select({ id: leads.id })
    .from(leads)
    .where(onVisiblePage(tx, principal, { conditions, list: null, client }, page))
  return await toBestPage(behind, page, {
    seen: new Set(rows.map(({ id }) => id)),
    read: async (seen) => await readLeads(tx, seen, page.part ?? 'whole')
  })
}
