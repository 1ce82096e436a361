import type { Database, Transaction } from '../../database/client.ts'
import { accountNameKey } from '../../domain/clients/account.ts'
import type { ConversionPreview } from '../../domain/clients/conversion-preview.ts'
import { invalid } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findAccountsByNameKey } from '../../repositories/clients/accounts.ts'
import { findOpenOpportunities } from '../../repositories/clients/open-opportunities.ts'
import { findStatusOfGroup } from '../../repositories/dealers/group-statuses.ts'
import { findLeadMatches } from '../leads/steps/find-matches.ts'
import { planLeadConversion } from './steps/plan-lead-conversion.ts'
import type { ConversionCommand, PlannedConversion } from './steps/plan-lead-conversion.ts'
import { findTwin } from './convert-lead.ts'
import { refuseClient } from './steps/change-client-and-status.ts'

/** Plans a conversion without carrying it out. */
export async function previewConversion(
  db: Database,
  command: ConversionCommand & { statusId: string | null }
): Promise<ConversionPreview | Refusal> {
  return await db.read(command.principal.dealerId, (tx) => preview(tx, command))
}

async function preview(
  tx: Transaction,
  command: ConversionCommand & { statusId: string | null }
): Promise<ConversionPreview | Refusal> {
  const planned = await planLeadConversion(tx, command, { locks: false })
  if ('refusal' in planned) return planned
  const { lead, plan } = planned
  if (!(await findStatusOfGroup(tx, 'converted', command.statusId))) {
    return invalid('/statusId', 'status-of-other-group')
  }
  const obstacles = [refuseClient(lead), await findTwin(tx, command, { lead, plan })]
  return {
    plan,
    matches: await findMatches(tx, command, planned),
    obstacles: obstacles.filter((obstacle) => obstacle !== null)
  }
}

async function findMatches(
  tx: Transaction,
  { principal, leadId }: ConversionCommand,
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
