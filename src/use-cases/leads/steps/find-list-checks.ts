import type { Transaction } from '../../../database/client.ts'
import { seesAll } from '../../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import type { ListCheckCode } from '../../../domain/reasons/list-reasons.ts'
import { listLeads } from '../../../repositories/leads/lead-pages.ts'

/** Why a list of leads is empty for this caller. */
export async function findListChecks(
  tx: Transaction,
  principal: TenantPrincipal
): Promise<ListCheckCode[]> {
  const one = { limit: 1, after: null, descending: true }
  const { data } = await listLeads(tx, principal, {}, one)
  if (data.length > 0) return ['filters_hide_all']
  if (principal.kind === 'key' || seesAll(principal)) return ['no_leads_yet']
  return ['nothing_assigned', principal.queueIds.length === 0 ? 'in_no_queue' : 'nothing_waiting']
}
