import { Type } from '@fastify/type-provider-typebox'

import type { Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { CLIENT_EXPANSIONS } from '../../../domain/clients/client-expansion.ts'
import type { ClientExpansion } from '../../../domain/clients/client-expansion.ts'
import type { Client } from '../../../domain/clients/client.ts'
import type { Locale } from '../../../domain/dealers/dealer.ts'
import { readQueryWords } from '../../../http/query-words.ts'
import { findUsers } from '../../../repositories/access/users.ts'
import { findAccounts } from '../../../repositories/clients/accounts.ts'
import { findLeads } from '../../../repositories/leads/leads.ts'
import { presentUser } from '../../../schemas/access/user.ts'
import { presentAccount } from '../../../schemas/clients/account.ts'
import { presentClient } from '../../../schemas/clients/client.ts'
import { presentLead } from '../../../schemas/leads/lead.ts'

/** The query parameter of operations that respond with clients. */
export const expandClientsQuery = {
  expand: Type.Optional(
    Type.String({
      maxLength: 200,
      description:
        `Records that each client has whole, in \`expanded\`: ${CLIENT_EXPANSIONS.join(', ')}. ` +
        'Several are separated by commas.',
      examples: ['responsibleUser,account']
    })
  )
}

/** The records of clients, by their ids, of which a caller asked for. */
export interface ClientRecords {
  words: readonly ClientExpansion[]
  records: ReadonlyMap<string, object>
}

/** Throws a problem that names the records that there are. */
export function readClientExpand(text: string | undefined): readonly ClientExpansion[] {
  return readQueryWords('expand', text, CLIENT_EXPANSIONS)
}

/** Reads the records of all clients of a page: one query for each kind. */
export async function expandClients(
  tx: Transaction,
  principal: TenantPrincipal,
  {
    clients,
    words,
    locale
  }: {
    clients: readonly Client[]
    words: readonly ClientExpansion[]
    locale: Locale
  }
): Promise<ClientRecords> {
  const records = new Map<string, object>()
  for (const word of words) {
    const ids = [...new Set(clients.flatMap((client) => idOf(client, word) ?? []))]
    for (const row of await findRecords(tx, principal, { word, ids, locale })) {
      records.set(row.id, row)
    }
  }
  return { words, records }
}

function idOf(client: Client, word: ClientExpansion): string | null {
  return word === 'createdFromLead' ? client.createdFromLeadId : (client[word]?.id ?? null)
}

async function findRecords(
  tx: Transaction,
  principal: TenantPrincipal,
  { word, ids, locale }: { word: ClientExpansion; ids: readonly string[]; locale: Locale }
): Promise<{ id: string }[]> {
  switch (word) {
    case 'responsibleUser':
      return (await findUsers(tx, ids)).map(presentUser)
    case 'account':
      return (await findAccounts(tx, principal, ids)).map(presentAccount)
    case 'createdFromLead':
      return (await findLeads(tx, principal, ids)).map((lead) => presentLead(lead, locale))
  }
}

export function presentExpandedClient(
  client: Client,
  { words, records }: ClientRecords
): ReturnType<typeof presentClient> {
  const shown = presentClient(client)
  if (words.length === 0) return shown
  const expanded = words.map(
    (word) => [word, records.get(idOf(client, word) ?? '') ?? null] as const
  )
  return { ...shown, expanded: Object.fromEntries(expanded) }
}
