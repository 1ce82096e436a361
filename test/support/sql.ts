import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../src/database/client.ts'

/** The rows of a statement that only a test makes. */
export async function rowsOf<Row extends Record<string, unknown>>(tx: Transaction, statement: SQL) {
  return (await tx.orm.execute<Row>(statement)).rows
}
