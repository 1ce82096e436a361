import { and, eq, isNotNull } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { queues } from '../../database/schema.ts'
import type { WorkingHours } from '../../domain/clock/working-hours.ts'
import type { DealerSettings } from '../../domain/dealers/dealer.ts'
import { findDealer } from '../dealers/dealers.ts'

/** The working hours and response limits of a dealer. */
export interface ResponseRules {
  settings: DealerSettings
  /** The dealer's zone. */
  zone: string
  /** The hours that count for leads at home in a queue: its own, else the dealer's. */
  hoursOf: (homeQueueId: string | null) => WorkingHours | null
}

/** The rules for leads at home in these queues. */
export async function findResponseRules(
  tx: Transaction,
  homeQueueIds: readonly (string | null)[]
): Promise<ResponseRules> {
  const dealer = await findDealer(tx)
  if (!dealer) throw new Error('the dealer of a transaction is gone')
  const ids = [...new Set(homeQueueIds)].filter((id) => id !== null)
  const own = ids.length === 0 ? [] : await findOwnHours(tx, ids)
  const hoursById = new Map(own.map(({ id, hours }) => [id, hours]))
  return {
    settings: dealer.settings,
    zone: dealer.timeZone,
    hoursOf: (id) => (id === null ? null : hoursById.get(id)) ?? dealer.workingHours
  }
}

async function findOwnHours(tx: Transaction, ids: readonly string[]) {
  return await tx.orm
    .select({ id: queues.id, hours: queues.workingHours })
    .from(queues)
    .where(
      and(
        eq(queues.dealerId, tx.dealerId),
        inArray(queues.id, [...ids]),
        isNotNull(queues.workingHours)
      )
    )
}
