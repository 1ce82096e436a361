import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import { clientName } from '../../domain/clients/client.ts'
import type { ClientContent } from '../../domain/clients/client.ts'

const CLIENTS = statement(
  'import-clients',
  { sourceId: 'uuid?', responsibleUserId: 'uuid?', now: 'timestamptz', clients: 'jsonb' },
  `insert into clients (dealer_id, id, display_name, content, source_id, responsible_user_id,
     version, created_at, updated_at)
   select :dealerId, c.id, c."displayName", c.content, :sourceId, :responsibleUserId, 1, :now, :now
   from jsonb_to_recordset(:clients) as c(id uuid, "displayName" text, content jsonb)`
)

/** Writes new clients. */
export async function insertClients(
  tx: Transaction,
  origin: { sourceId: string | null; responsibleUserId: string | null; now: Date },
  all: readonly { id: string; content: ClientContent }[]
): Promise<void> {
  if (all.length === 0) return
  await tx.run(CLIENTS, { ...origin, clients: all.map(named) })
}

const UPDATE = statement(
  'import-clients-update',
  { now: 'timestamptz', clients: 'jsonb' },
  `update clients t set content = c.content, display_name = c."displayName",
     version = t.version + c.changes, updated_at = :now
   from jsonb_to_recordset(:clients)
     as c(id uuid, "displayName" text, content jsonb, changes integer)
   where t.dealer_id = :dealerId and t.id = c.id`
)

/** Changes locked clients; each by as many versions as it was changed. */
export async function updateClients(
  tx: Transaction,
  now: Date,
  all: readonly { id: string; content: ClientContent; changes: number }[]
): Promise<void> {
  if (all.length === 0) return
  await tx.run(UPDATE, { now, clients: all.map(named) })
}

function named<Row extends { content: ClientContent }>(row: Row): Row & { displayName: string } {
  return { ...row, displayName: clientName(row.content.contact) ?? '' }
}
