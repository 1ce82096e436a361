import type { Database, Transaction } from '../../database/client.ts'
import { USUAL_DAYS, USUAL_LEADS, quietAfterMs } from '../../domain/dealers/quiet-source.ts'
import type { Source } from '../../domain/dealers/source.ts'
import { planNotification } from '../../domain/notifications/notification.ts'
import {
  findLatestLeads,
  lockDueSources,
  watchSource
} from '../../repositories/dealers/watched-sources.ts'
import { createDeliveries } from '../../repositories/deliveries/deliveries.ts'
import { findManagers } from '../../repositories/notifications/recipients.ts'
import type { WatchCommand } from '../command.ts'

/** The number of sources that one round looks at. */
const BATCH = 50

const HOUR_MS = 3_600_000

/** How soon a source is looked at again that is quiet, and how late any other. */
const SOON_MS = HOUR_MS
const LATE_MS = 24 * HOUR_MS

type Watch = Pick<WatchCommand, 'now' | 'mailDomain'>

/**
 * Tells owners and admins of sources that have gone quiet, once for each silence. Returns how many
 * sources were looked at.
 */
export async function watchSources(
  db: Database,
  { dealerId, now, mailDomain }: Watch & Pick<WatchCommand, 'dealerId'>
): Promise<number> {
  return await db.transaction(dealerId, async (tx) => {
    const due = await lockDueSources(tx, now, BATCH)
    for (const source of due) await look(tx, source, { now, mailDomain })
    return due.length
  })
}

async function look(tx: Transaction, source: Source, { now, mailDomain }: Watch): Promise<void> {
  const since = new Date(now.getTime() - USUAL_DAYS * 24 * HOUR_MS)
  const { quietAfterHours } = source
  // With a setting, a silence of any length may begin with the last lead.
  const limit = quietAfterHours === null ? USUAL_LEADS : 1
  const latest = await findLatestLeads(tx, source.id, {
    since: quietAfterHours === null ? since : null,
    limit
  })
  const [last] = latest
  const quietMs = quietAfterMs(
    quietAfterHours,
    latest.map(({ receivedAt }) => receivedAt)
  )
  const quietAt = last && quietMs !== null ? last.receivedAt.getTime() + quietMs : null
  const isQuiet = quietAt !== null && quietAt <= now.getTime()
  if (last && isQuiet) await tell(tx, source, { lastLead: last, now, mailDomain })
  const again = isQuiet ? SOON_MS : LATE_MS
  const next = Math.min(now.getTime() + again, isQuiet ? Infinity : (quietAt ?? Infinity))
  await watchSource(tx, source.id, new Date(next))
}

async function tell(
  tx: Transaction,
  { id: aboutId }: Source,
  { lastLead, now, mailDomain }: Watch & { lastLead: { id: string; receivedAt: Date } }
): Promise<void> {
  const facts = { lastLeadId: lastLead.id, lastLeadAt: lastLead.receivedAt.toISOString() }
  // A silence is told by the lead that it follows.
  const key = `${aboutId} ${lastLead.id}`
  const managers = await findManagers(tx)
  const deliveries = planNotification('quietSource', managers, { aboutId, facts, key })
  await createDeliveries(tx, { leadId: null, deliveries, mailDomain, now })
}
