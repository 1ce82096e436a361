import { and, asc, eq, lte } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { leads } from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
import type { Standing } from '../../domain/scoring/standing.ts'

/** Locks leads in the order of their ids until the transaction ends: before their scores are computed. */
export async function lockLeadsToScore(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.orm
    .select({ id: leads.id })
    .from(leads)
    .where(and(eq(leads.dealerId, tx.dealerId), inArray(leads.id, [...ids])))
    .orderBy(asc(leads.id))
    .for('no key update')
}

/** Some leads whose score or temperature time alone has changed, locked; those that others work on wait. */
export async function lockCooledLeads(
  tx: Transaction,
  { now, limit }: { now: Date; limit: number }
): Promise<string[]> {
  const rows = await tx.orm
    .select({ id: leads.id })
    .from(leads)
    .where(and(eq(leads.dealerId, tx.dealerId), lte(leads.coolAt, now)))
    .orderBy(asc(leads.coolAt))
    .limit(limit)
    .for('no key update', { skipLocked: true })
  return rows.map(({ id }) => id)
}

interface StandingChange {
  id: string
  standing: Standing
  /** Whether what the API shows changes: then the lead has a new version. */
  shows: boolean
}

const WRITE = statement(
  'write-standings',
  { standings: 'jsonb', now: 'timestamptz' },
  `update leads l set score = c.score, temperature = c.temperature,
     temperature_by = c."temperatureBy", temperature_until = c."temperatureUntil",
     cool_at = c."coolAt", score_version = l.score_version + c.shows::int,
     updated_at = case when c.shows then :now else l.updated_at end
   from jsonb_to_recordset(:standings) as c(id uuid, score int, temperature text,
     "temperatureBy" text, "temperatureUntil" timestamptz, "coolAt" timestamptz, shows boolean)
   where l.dealer_id = :dealerId and l.id = c.id`
)

/** Writes the scores and temperatures of locked leads: one statement, however many. */
export async function writeStandings(
  tx: Transaction,
  changes: readonly StandingChange[],
  now: Date
): Promise<void> {
  if (changes.length === 0) return
  const standings = changes.map(({ id, standing, shows }) => ({ id, shows, ...standing }))
  await tx.run(WRITE, { standings, now })
}
