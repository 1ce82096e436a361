import { and, asc, desc, eq, gt } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { leads, recomputations } from '../../database/schema.ts'
import { OPEN_GROUPS } from '../../domain/leads/status-groups.ts'
import type { Recomputation } from '../../domain/scoring/recomputation.ts'
import { statusIdsOf } from '../leads/lead-filter.ts'
import { enqueueTask } from '../tasks.ts'
import { given, isRecord } from '../filters.ts'

/** A run with where it stopped. */
type RecomputationRun = Recomputation & { lastLeadId: string | null }

const UNFINISHED = ['waiting', 'running'] as const

/** Records a run that is to begin, and has the worker take it up once this transaction commits. */
export async function insertRecomputation(tx: Transaction, run: Recomputation): Promise<void> {
  await tx.orm.insert(recomputations).values({ dealerId: tx.dealerId, ...run, lastLeadId: null })
  await enqueueTask(tx, 'rescore', run.id)
}

/** Runs for earlier rules come to nothing: the next one goes over all leads anyway. */
export async function supersedeRecomputations(tx: Transaction, now: Date): Promise<void> {
  await tx.orm
    .update(recomputations)
    .set({ state: 'superseded', finishedAt: now, updatedAt: now })
    .where(
      and(eq(recomputations.dealerId, tx.dealerId), inArray(recomputations.state, [...UNFINISHED]))
    )
}

/** The run, locked until the transaction ends: of two workers one goes on, the other then sees where. */
export async function lockRecomputation(
  tx: Transaction,
  id: string
): Promise<RecomputationRun | null> {
  const [row] = await tx.orm
    .select()
    .from(recomputations)
    .where(isRecord(tx, recomputations, id))
    .for('no key update')
  return row ? toRun(row) : null
}

/** The run that the publication of these rules began, or null. */
export async function findRecomputationOf(
  tx: Transaction,
  ruleSetId: string
): Promise<Recomputation | null> {
  const [row] = await tx.orm
    .select()
    .from(recomputations)
    .where(and(eq(recomputations.dealerId, tx.dealerId), eq(recomputations.ruleSetId, ruleSetId)))
    .orderBy(desc(recomputations.id))
    .limit(1)
  return row ? toRun(row) : null
}

export async function updateRecomputation(
  tx: Transaction,
  id: string,
  change: Partial<Pick<RecomputationRun, 'state' | 'total' | 'done' | 'lastLeadId'>> & {
    startedAt?: Date
    finishedAt?: Date
  },
  now: Date
): Promise<void> {
  await tx.orm
    .update(recomputations)
    .set({ ...change, updatedAt: now })
    .where(isRecord(tx, recomputations, id))
}

/** How many leads are still to be scored. */
export async function countOpenLeads(tx: Transaction): Promise<number> {
  const open = await statusIdsOf(tx, OPEN_GROUPS)
  return await tx.orm.$count(
    leads,
    and(eq(leads.dealerId, tx.dealerId), inArray(leads.statusId, open))
  )
}

/** How many leads one look goes past, open or not: it ends in time where most are closed. */
const WINDOW = 2_000

/**
 * The next open leads by id, and the id up to which the look went; null at the end of all leads.
 */
export async function findNextOpenLeads(
  tx: Transaction,
  { after, limit }: { after: string | null; limit: number }
): Promise<{ ids: string[]; upTo: string } | null> {
  const open = new Set(await statusIdsOf(tx, OPEN_GROUPS))
  const rows = await tx.orm
    .select({ id: leads.id, statusId: leads.statusId })
    .from(leads)
    .where(
      and(
        eq(leads.dealerId, tx.dealerId),
        given(after, (id) => gt(leads.id, id))
      )
    )
    .orderBy(asc(leads.id))
    .limit(WINDOW)
  const ids = rows.filter(({ statusId }) => open.has(statusId)).map(({ id }) => id)
  const upTo = ids[limit - 1] ?? rows.at(-1)?.id
  return upTo === undefined ? null : { ids: ids.slice(0, limit), upTo }
}

function toRun({ dealerId: _, ...row }: typeof recomputations.$inferSelect): RecomputationRun {
  return row
}
