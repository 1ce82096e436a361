import { Type } from '@fastify/type-provider-typebox'

import type { Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import type { Locale } from '../../../domain/dealers/dealer.ts'
import { LEAD_EXPANSIONS } from '../../../domain/leads/lead-expansion.ts'
import type { LeadExpansion } from '../../../domain/leads/lead-expansion.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { readQueryWords } from '../../../http/query-words.ts'
import { findUsers } from '../../../repositories/access/users.ts'
import { findActivities } from '../../../repositories/activities/activities.ts'
import { findClients } from '../../../repositories/clients/clients.ts'
import { presentUser } from '../../../schemas/access/user.ts'
import { presentActivity } from '../../../schemas/activities/activity.ts'
import { presentClient } from '../../../schemas/clients/client.ts'
import { presentLead } from '../../../schemas/leads/lead.ts'

/** The query parameter of operations that respond with leads. */
export const expandQuery = {
  expand: Type.Optional(
    Type.String({
      maxLength: 200,
      description:
        `Records that each lead has whole, in \`expanded\`: ${LEAD_EXPANSIONS.join(', ')}. ` +
        'Several are separated by commas.',
      examples: ['client,nextAction']
    })
  )
}

/** The records of leads, by their ids, of which a caller asked for. */
export interface Expansion {
  words: readonly LeadExpansion[]
  records: ReadonlyMap<string, object>
}

/** Throws a problem that names the records that there are. */
export function readExpand(text: string | undefined): readonly LeadExpansion[] {
  return readQueryWords('expand', text, LEAD_EXPANSIONS)
}

/** Reads the records of all leads of a page: one query for each kind. */
export async function expandLeads(
  tx: Transaction,
  principal: TenantPrincipal,
  leads: readonly Lead[],
  words: readonly LeadExpansion[]
): Promise<Expansion> {
  const records = new Map<string, object>()
  for (const word of words) {
    const ids = [...new Set(leads.flatMap((lead) => lead[word]?.id ?? []))]
    for (const [id, record] of await findRecords(tx, principal, word, ids)) records.set(id, record)
  }
  return { words, records }
}

async function findRecords(
  tx: Transaction,
  principal: TenantPrincipal,
  word: LeadExpansion,
  ids: readonly string[]
): Promise<[string, object][]> {
  switch (word) {
    case 'client':
      return (await findClients(tx, principal, ids)).map((row) => [row.id, presentClient(row)])
    case 'assignee':
      return (await findUsers(tx, ids)).map((row) => [row.id, presentUser(row)])
    case 'nextAction':
      return (await findActivities(tx, principal, ids)).map((row) => [row.id, presentActivity(row)])
  }
}

export function presentExpandedLead(
  lead: Lead,
  locale: Locale,
  { words, records }: Expansion
): ReturnType<typeof presentLead> {
  const shown = presentLead(lead, locale)
  if (words.length === 0) return shown
  const expanded = words.map((word) => [word, records.get(lead[word]?.id ?? '') ?? null] as const)
  return { ...shown, expanded: Object.fromEntries(expanded) }
}
