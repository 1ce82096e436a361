import type { Transaction } from '../../database/client.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { recordsNamedBy, withoutOthers } from '../../domain/leads/decision.ts'
import type { Decision } from '../../domain/leads/decision.ts'
import type { Page, PageRequest } from '../paging.ts'
import { keepVisible } from './candidates.ts'
import { listDecisions } from './decisions.ts'

/** A page of the decisions about a lead, without the ids of records that the caller does not see. */
export async function listSeenDecisions(
  tx: Transaction,
  principal: TenantPrincipal,
  leadId: string,
  page: PageRequest
): Promise<Page<Decision>> {
  const { data, next } = await listDecisions(tx, leadId, page)
  if (seesAll(principal)) return { data, next }
  const shown = await keepVisible(tx, principal, data.flatMap(recordsNamedBy))
  const seen = new Set(shown.map(({ id }) => id))
  return { data: data.map((decision) => withoutOthers(decision, seen)), next }
}
