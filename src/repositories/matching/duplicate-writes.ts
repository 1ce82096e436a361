import { and, eq, or } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { duplicates } from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
import type { Contact } from '../../domain/leads/lead.ts'
import { pairOf } from '../../domain/matching/duplicate.ts'
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

const MERGE_PAIR = statement(
  'duplicates-merge-pair',
  {
    firstId: 'uuid',
    secondId: 'uuid',
    operationId: 'uuid',
    decidedBy: 'uuid?',
    now: 'timestamptz'
  },
  `update duplicates set state_before = state, state = 'merged', operation_id = :operationId,
     decided_by = :decidedBy, decided_at = :now, version = version + 1, updated_at = :now
   where dealer_id = :dealerId and first_id = :firstId and second_id = :secondId`
)

const DELETE_OPEN = statement(
  'duplicates-delete-open',
  { clientId: 'uuid' },
  `delete from duplicates where dealer_id = :dealerId and state = 'open'
     and (first_id = :clientId or second_id = :clientId)`
)

const DIFFERENT = statement(
  'duplicates-different',
  { clientId: 'uuid' },
  `select case first_id when :clientId then second_id else first_id end as "otherId", score,
     reasons, decided_by as "decidedBy", decided_at as "decidedAt"
   from duplicates where dealer_id = :dealerId and state = 'different'
     and (first_id = :clientId or second_id = :clientId)`
).returning<{
  otherId: string
  score: number
  reasons: MatchReason[]
  decidedBy: string | null
  decidedAt: Date | null
}>()

const CARRY = statement(
  'duplicates-carry',
  { pairs: 'jsonb', operationId: 'uuid', now: 'timestamptz' },
  `insert into duplicates (dealer_id, id, first_id, second_id, state, score, reasons, decided_by,
     decided_at, operation_id, version, created_at, updated_at)
   select :dealerId, p.id, p."firstId", p."secondId", 'different', p.score, p.reasons, p."decidedBy",
     p."decidedAt", :operationId, 1, :now, :now
   from jsonb_to_recordset(:pairs) as p(id uuid, "firstId" uuid, "secondId" uuid, score integer,
     reasons jsonb, "decidedBy" uuid, "decidedAt" timestamptz)
   on conflict (dealer_id, first_id, second_id) do update
   set state_before = duplicates.state, state = 'different', operation_id = excluded.operation_id,
     decided_by = excluded.decided_by, decided_at = excluded.decided_at,
     version = duplicates.version + 1, updated_at = excluded.updated_at
   where duplicates.state = 'open'`
)

interface MergedPair {
  survivorId: string
  goneId: string
  operationId: string
  /** The user who merged them. */
  userId: string | null
}

/**
 * Has the pairs of two clients follow their merge: who is not the same person as the merged client is not the
 * same as the survivor. Both clients, and their persons, are locked and written before.
 */
export async function mergeDuplicates(
  tx: Transaction,
  merged: MergedPair,
  now: Date
): Promise<void> {
  const { survivorId, goneId, operationId, userId } = merged
  await tx.lock([DUPLICATES_LOCK])
  const [firstId, secondId] = pairOf(survivorId, goneId)
  await tx.run(MERGE_PAIR, { firstId, secondId, operationId, decidedBy: userId, now })
  await tx.run(DELETE_OPEN, { clientId: goneId })
  const different = await tx.run(DIFFERENT, { clientId: goneId })
  if (different.length === 0) return
  const pairs = different.map(({ otherId, ...pair }) => {
    const [first, second] = pairOf(survivorId, otherId)
    return { id: newId(), firstId: first, secondId: second, ...pair }
  })
  await tx.run(CARRY, { pairs, operationId, now })
}

const DELETE_CARRIED = statement(
  'duplicates-delete-carried',
  { operationId: 'uuid' },
  `delete from duplicates
   where dealer_id = :dealerId and operation_id = :operationId and state_before is null`
)

const RETURN = statement(
  'duplicates-return',
  { operationId: 'uuid', now: 'timestamptz' },
  `update duplicates set state = state_before, state_before = null, operation_id = null,
     version = version + 1, updated_at = :now
   where dealer_id = :dealerId and operation_id = :operationId`
)

/** Puts the pairs back that followed a merge. */
export async function separateDuplicates(
  tx: Transaction,
  operationId: string,
  now: Date
): Promise<void> {
  await tx.lock([DUPLICATES_LOCK])
  await tx.run(DELETE_CARRIED, { operationId })
  await tx.run(RETURN, { operationId, now })
}
