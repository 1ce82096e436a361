import type { Database, Transaction } from '../../database/client.ts'
import { newId } from '../../ids.ts'
import {
  countOpenLeads,
  findNextOpenLeads,
  insertRecomputation,
  lockRecomputation,
  supersedeRecomputations,
  updateRecomputation
} from '../../repositories/scoring/recomputations.ts'
import { findRuleSet } from '../../repositories/rules/rule-sets.ts'
import { lockLeadsToScore } from '../../repositories/scoring/lead-standings.ts'
import { rescoreLeads } from './steps/rescore-leads.ts'
import type { ScoringRuleSet } from './steps/rescore-leads.ts'

/** How many leads are computed in one transaction, and locked for as long. */
const BATCH = 200

/** Has every open lead scored by new rules, in the background; in the transaction that publishes them. */
export async function planRecomputation(
  tx: Transaction,
  ruleSetId: string,
  now: Date
): Promise<void> {
  await supersedeRecomputations(tx, now)
  await insertRecomputation(tx, {
    id: newId(),
    ruleSetId,
    state: 'waiting',
    total: 0,
    done: 0,
    startedAt: null,
    finishedAt: null,
    createdAt: now,
    updatedAt: now
  })
}

/**
 * Scores a dealer's open leads anew, batch by batch, and returns how many. Each batch notes how far it
 * came in its own transaction: after a crash the run goes on from there, and no lead is scored twice.
 * It ends early where newer rules have begun a run of their own.
 */
export async function recompute(
  db: Database,
  { dealerId, id, now }: { dealerId: string; id: string; now: () => Date }
): Promise<number> {
  let done = 0
  for (;;) {
    const count = await db.transaction(dealerId, (tx) => recomputeBatch(tx, id, now()))
    if (count === null) return done
    done += count
  }
}

/** Returns how many leads it scored, or null: there is nothing left to do. */
async function recomputeBatch(tx: Transaction, id: string, now: Date): Promise<number | null> {
  const run = await lockRecomputation(tx, id)
  if (!run || run.state === 'done' || run.state === 'superseded') return null
  if (run.state === 'waiting') {
    const total = await countOpenLeads(tx)
    await updateRecomputation(tx, id, { state: 'running', total, startedAt: now }, now)
  }
  const ruleSet = (await findRuleSet(tx, 'scoring', run.ruleSetId)) as ScoringRuleSet | null
  const next = await findNextOpenLeads(tx, { after: run.lastLeadId, limit: BATCH })
  if (!ruleSet || !next) {
    await updateRecomputation(tx, id, { state: 'done', finishedAt: now }, now)
    return null
  }
  await lockLeadsToScore(tx, next.ids)
  await rescoreLeads(tx, { leadIds: next.ids, ruleSet, now })
  const done = run.done + next.ids.length
  await updateRecomputation(tx, id, { done, lastLeadId: next.upTo }, now)
  return next.ids.length
}
