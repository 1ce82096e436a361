import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import { leastIdAt } from '../../ids.ts'

/** No rules ask who was answered longer ago. */
const LONGEST_WINDOW_DAYS = 366

/** By their leads, whose ids ascend with time and have an index. A person may be answered later than their lead came. */
const FORGET = statement(
  'forget-responded',
  { leastLead: 'uuid', before: 'timestamptz', limit: 'integer' },
  `with gone as (
     delete from auto_responded_persons where dealer_id = :dealerId and key = any (array(
       select key from auto_responded_persons
       where dealer_id = :dealerId and lead_id < :leastLead and responded_at < :before
       order by lead_id limit :limit for update skip locked))
     returning 1)
   select count(*)::integer as gone from gone`
).returning<{ gone: number }>()

/** Forgets so many of those who were answered before any window began; returns how many there were. */
export async function forgetRespondedPersons(
  tx: Transaction,
  now: Date,
  limit: number
): Promise<number> {
  const before = new Date(now.getTime() - LONGEST_WINDOW_DAYS * 86_400_000)
  const [row] = await tx.run(FORGET, { leastLead: leastIdAt(before), before, limit })
  return row?.gone ?? 0
}
