import type { Transaction } from '../../database/client.ts'
import { accountNameKey } from '../../domain/clients/account.ts'
import type { Opportunity } from '../../domain/clients/opportunity.ts'
import type { ConversionPlan } from '../../domain/clients/plan-conversion.ts'
import type { Reference } from '../../domain/leads/lead.ts'
import type { Match } from '../../domain/leads/matching.ts'
import { findAccountsByNameKey } from '../../repositories/clients/accounts.ts'
import { findOpenOpportunities } from '../../repositories/clients/open-opportunities.ts'
import { holdStatusOfGroup } from '../../repositories/dealers/group-statuses.ts'
import { findLeadMatches } from '../leads/find-matches.ts'
import { planLeadConversion } from './conversion-basis.ts'
import type { BasisRefusal, ConversionCall, PlannedConversion } from './conversion-basis.ts'
import { findTwin } from './convert-lead.ts'
import { obstacleToClient } from './lead-call.ts'
import type { LeadCallRefusal } from './lead-call.ts'

/** What a conversion would do, what is there that matches, and what stands in its way. */
export interface ConversionPreview {
  plan: ConversionPlan
  matches: {
    clients: Match[]
    accounts: Reference[]
    opportunities: Pick<Opportunity, 'id' | 'name' | 'stage'>[]
  }
  /** Beside the plan's own faults. */
  obstacles: (LeadCallRefusal | 'client-exists' | 'account-exists')[]
}

/** Plans a conversion as it would be planned now, and makes nothing. */
export async function previewConversion(
  tx: Transaction,
  call: ConversionCall & { statusId: string | null }
): Promise<ConversionPreview | { refusal: LeadCallRefusal | BasisRefusal }> {
  const planned = await planLeadConversion(tx, call, { locks: false })
  if ('refusal' in planned) return planned
  const { lead, plan } = planned
  if (!(await holdStatusOfGroup(tx, 'converted', call.statusId))) {
    return { refusal: 'unknown-status' }
  }
  const obstacle = obstacleToClient(lead)
  const twin = await findTwin(tx, call, { lead, plan })
  const twins = [twin?.refusal].filter(
    (refusal) => refusal === 'client-exists' || refusal === 'account-exists'
  )
  return {
    plan,
    matches: await findMatches(tx, call, planned),
    obstacles: [...(obstacle === null ? [] : [obstacle]), ...twins]
  }
}

async function findMatches(
  tx: Transaction,
  { principal, leadId }: ConversionCall,
  { lead, client, plan }: PlannedConversion
): Promise<ConversionPreview['matches']> {
  const found = (await findLeadMatches(tx, principal, leadId)) ?? []
  const clients = found.filter(({ type }) => type === 'client')
  const sure = clients.filter(({ band }) => band === 'sure').map(({ id }) => id)
  const name = plan.account?.name ?? lead.content.contact.companyName ?? ''
  const nameKey = accountNameKey(name)
  const accounts = nameKey === '' ? null : await findAccountsByNameKey(tx, principal, nameKey)
  const ofClients = client ? [client.id] : sure
  return {
    clients,
    accounts: accounts?.shown ?? [],
    opportunities: await findOpenOpportunities(tx, principal, ofClients)
  }
}
