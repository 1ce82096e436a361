import type { Database, Transaction } from '../../database/client.ts'
import { comparisonOf, pairOf } from '../../domain/matching/duplicate.ts'
import { POSSIBLE } from '../../domain/matching/matches.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import {
  DUPLICATES_LOCK,
  lockUncompared,
  replaceOpenPairs
} from '../../repositories/matching/duplicate-writes.ts'
import type { FoundPair } from '../../repositories/matching/duplicate-writes.ts'
import { SCORE_UNITS } from '../../repositories/matching/duplicates.ts'
import type { WatchCommand } from '../command.ts'
import { compareWithClients } from '../leads/steps/find-matches.ts'

/** How many clients are compared in one transaction. */
const BATCH = 50

/**
 * Compares clients with all others: those that are new or changed since, and all after a change of the weights, the
 * normaliser or the policy. Pairs that may be one person are listed for review. Returns how many were compared.
 */
export async function findDuplicates(
  db: Database,
  { dealerId, now }: Pick<WatchCommand, 'dealerId' | 'now'>
): Promise<number> {
  return await db.transaction(dealerId, (tx) => compareNext(tx, now), [DUPLICATES_LOCK])
}

async function compareNext(tx: Transaction, now: Date): Promise<number> {
  const policy = (await findDealer(tx))?.settings.matchingPolicy ?? 'fuzzy'
  const comparison = comparisonOf(policy)
  const next = await lockUncompared(tx, { comparison, limit: BATCH })
  if (next.length === 0) return 0
  const pairs = new Map<string, FoundPair>()
  for (const { id, contact } of next) {
    const matches = await compareWithClients(tx, { contact, policy }, id)
    for (const match of matches.filter(({ score }) => score >= POSSIBLE)) {
      const [firstId, secondId] = pairOf(id, match.id)
      const score = Math.round(match.score * SCORE_UNITS)
      const known = pairs.get(`${firstId} ${secondId}`)
      // Other records raise a pair, and each side has its own.
      if (known && known.score >= score) continue
      pairs.set(`${firstId} ${secondId}`, { firstId, secondId, score, reasons: match.reasons })
    }
  }
  const ids = next.map(({ id }) => id)
  await replaceOpenPairs(tx, { ids, comparison, pairs: [...pairs.values()] }, now)
  return next.length
}
