import type { Transaction } from '../../database/client.ts'
import { clientName } from '../../domain/clients/client.ts'
import type { ClientContent } from '../../domain/clients/client.ts'

const CLIENTS = `
insert into clients (dealer_id, id, display_name, content, source_id, responsible_user_id,
  version, created_at, updated_at)
select $1, c.id, c."displayName", c.content, $2, $3, 1, $4, $4
from jsonb_to_recordset($5::jsonb) as c(id uuid, "displayName" text, content jsonb)`

/** Writes new clients. */
export async function insertClients(
  tx: Transaction,
  {
    sourceId,
    responsibleUserId,
    now
  }: { sourceId: string | null; responsibleUserId: string | null; now: Date },
  all: readonly { id: string; content: ClientContent }[]
): Promise<void> {
  if (all.length === 0) return
  await tx.query('import-clients', CLIENTS, [
    tx.dealerId,
    sourceId,
    responsibleUserId,
    now,
    JSON.stringify(all.map(named))
  ])
}

const UPDATE = `
update clients t set content = c.content, display_name = c."displayName",
  version = t.version + c.changes, updated_at = $2
from jsonb_to_recordset($3::jsonb) as c(id uuid, "displayName" text, content jsonb, changes integer)
where t.dealer_id = $1 and t.id = c.id`

/** Changes locked clients; each by as many versions as it was changed. */
export async function updateClients(
  tx: Transaction,
  now: Date,
  all: readonly { id: string; content: ClientContent; changes: number }[]
): Promise<void> {
  if (all.length === 0) return
  await tx.query('import-clients-update', UPDATE, [
    tx.dealerId,
    now,
    JSON.stringify(all.map(named))
  ])
}

function named<Row extends { content: ClientContent }>(row: Row): Row & { displayName: string } {
  return { ...row, displayName: clientName(row.content.contact) ?? '' }
}
