import { and, eq, or } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { duplicates } from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
import type { Contact } from '../../domain/leads/lead.ts'
import type { MatchReason } from '../../domain/matching/match-reason.ts'
import { newId } from '../../ids.ts'

/** All who write pairs of a dealer take turns: no two of them wait for each other's rows. */
export const DUPLICATES_LOCK = 'duplicates'

const UNCOMPARED = `(
  (select record_id from person_forms where dealer_id = :dealerId and record_type = 'client'
     and compared < :comparison order by compared, record_id limit :limit)
  union all
  (select record_id from person_forms where dealer_id = :dealerId and record_type = 'client'
     and compared > :comparison order by compared, record_id limit :limit)
)`

/** Clients that were changed meanwhile, or are being changed, come again: their person is written anew. */
const LOCK_UNCOMPARED = statement(
  'duplicates-uncompared',
  { comparison: 'bigint', limit: 'integer' },
  `select c.id, c.content->'contact' as contact
   from ${UNCOMPARED} d
   join person_forms f on f.dealer_id = :dealerId and f.record_id = d.record_id
   join clients c on c.dealer_id = :dealerId and c.id = d.record_id
   limit :limit for no key update of f skip locked`
).returning<{ id: string; contact: Contact }>()

/** Clients that were not compared with the others in this way, locked against changes of their person. */
export async function lockUncompared(
  tx: Transaction,
  { comparison, limit }: { comparison: number; limit: number }
): Promise<{ id: string; contact: Contact }[]> {
  return await tx.run(LOCK_UNCOMPARED, { comparison: String(comparison), limit })
}

const COUNT_UNCOMPARED = statement(
  'duplicates-count-uncompared',
  { comparison: 'bigint', limit: 'integer' },
  `select count(*)::int as count from (select from ${UNCOMPARED} d limit :limit) few`
).returning<{ count: number }>()

/** How many clients are still to be compared in this way, at most `limit`. */
export async function countUncompared(
  tx: Transaction,
  { comparison, limit }: { comparison: number; limit: number }
): Promise<number> {
  const [row] = await tx.run(COUNT_UNCOMPARED, { comparison: String(comparison), limit })
  return row?.count ?? 0
}

const MARK_COMPARED = statement(
  'duplicates-mark-compared',
  { ids: 'uuid[]', comparison: 'bigint' },
  `update person_forms set compared = :comparison
   where dealer_id = :dealerId and record_id = any (:ids)`
)

const DELETE_STALE = statement(
  'duplicates-delete-stale',
  { ids: 'uuid[]', firstIds: 'uuid[]', secondIds: 'uuid[]' },
  `delete from duplicates where dealer_id = :dealerId and id in (
     select d.id from (
       select * from duplicates where dealer_id = :dealerId and first_id = any (:ids)
       union select * from duplicates where dealer_id = :dealerId and second_id = any (:ids)
     ) d
     where d.state = 'open' and not exists (
       select from unnest(:firstIds, :secondIds) p(first_id, second_id)
       where p.first_id = d.first_id and p.second_id = d.second_id))`
)

const UPSERT = statement(
  'duplicates-upsert',
  { pairs: 'jsonb', now: 'timestamptz' },
  `insert into duplicates
     (dealer_id, id, first_id, second_id, state, score, reasons, version, created_at, updated_at)
   select :dealerId, p.id, p."firstId", p."secondId", 'open', p.score, p.reasons, 1, :now, :now
   from jsonb_to_recordset(:pairs)
     as p(id uuid, "firstId" uuid, "secondId" uuid, score integer, reasons jsonb)
   on conflict (dealer_id, first_id, second_id) do update
   set score = excluded.score, reasons = excluded.reasons, version = duplicates.version + 1,
     updated_at = excluded.updated_at
   where duplicates.state = 'open'
     and (duplicates.score, duplicates.reasons) is distinct from (excluded.score, excluded.reasons)`
)

/** Two clients who may be one person; the score in ten-thousandths. */
export interface FoundPair {
  firstId: string
  secondId: string
  score: number
  reasons: MatchReason[]
}

/**
 * Writes the open pairs of locked clients as they were found: decided pairs stay, and open ones that were not
 * found again are removed.
 */
export async function replaceOpenPairs(
  tx: Transaction,
  compared: { ids: readonly string[]; comparison: number; pairs: readonly FoundPair[] },
  now: Date
): Promise<void> {
  const { ids, pairs } = compared
  const firstIds = pairs.map(({ firstId }) => firstId)
  const secondIds = pairs.map(({ secondId }) => secondId)
  await tx.run(DELETE_STALE, { ids, firstIds, secondIds })
  if (pairs.length > 0) {
    await tx.run(UPSERT, { pairs: pairs.map((pair) => ({ id: newId(), ...pair })), now })
  }
  await tx.run(MARK_COMPARED, { ids, comparison: String(compared.comparison) })
}

/** Removes the pairs of a client that is removed. */
export async function deleteDuplicatesOf(tx: Transaction, clientId: string): Promise<void> {
  await tx.lock([DUPLICATES_LOCK])
  await tx.orm
    .delete(duplicates)
    .where(and(eq(duplicates.dealerId, tx.dealerId), isOfClient(clientId)))
}

function isOfClient(clientId: string) {
  return or(eq(duplicates.firstId, clientId), eq(duplicates.secondId, clientId))
}
