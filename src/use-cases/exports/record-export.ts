import type { Database } from '../../database/client.ts'
import type { Actor } from '../../domain/events/event.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'

/** An export that has ended. */
export interface EndedExport {
  id: string
  what: 'leads' | 'clients'
  format: 'csv' | 'ndjson'
  /** The filters, with their values where these hold no personal data. */
  filter: Record<string, unknown>
  /** How many records left the house. */
  count: number
  /** False if the client left, or an error occurred. */
  isComplete: boolean
}

/** Records who took which data, and how much of it. */
export async function recordExport(
  db: Database,
  dealerId: string,
  actor: Actor,
  { id, ...data }: EndedExport,
  now: Date
): Promise<void> {
  await db.transaction(dealerId, async (tx) => {
    await recordEvents(tx, actor, now, [
      { type: 'data.exported', subject: { type: 'export', id }, data }
    ])
  })
}
