import type { Transaction } from '../database/client.ts'
import { statuses } from '../database/schema.ts'
import type { Status } from '../domain/status.ts'

export async function insertStatuses(tx: Transaction, all: readonly Status[]): Promise<void> {
  await tx.orm.insert(statuses).values(all.map((status) => ({ dealerId: tx.dealerId, ...status })))
}
