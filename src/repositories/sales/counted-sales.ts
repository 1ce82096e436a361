import { and, isNull, ne, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { saleStatuses, sales } from '../../database/schema.ts'

/** Whether a sale counts, in statements that join its status: it was neither undone nor cancelled. */
export function countsAsSale(): SQL | undefined {
  return and(isNull(sales.undoneAt), ne(saleStatuses.group, sql`'cancelled'`))
}
