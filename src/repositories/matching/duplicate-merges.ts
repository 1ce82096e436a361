import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import { pairOf } from '../../domain/matching/duplicate.ts'
import type { MatchReason } from '../../domain/matching/match-reason.ts'
import { newId } from '../../ids.ts'
import { DUPLICATES_LOCK } from './duplicate-writes.ts'

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
