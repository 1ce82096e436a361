import { and, eq, ne, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { saleStatuses, statuses } from '../../database/schema.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { NamedStatus } from '../../domain/leads/status.ts'
import type { SaleStatusGroup } from '../../domain/sales/sale.ts'
import { afterPlace, placeCursor, toPage } from '../paging.ts'
import { inIfGiven } from '../filters.ts'
import type { Page, PageRequest } from '../paging.ts'

export type StatusChange<Group extends string> = Partial<
  Pick<NamedStatus<Group>, 'name' | 'group' | 'color' | 'position'>
>

/** How strongly a status is locked until the transaction ends. */
const STRENGTHS = {
  /** No record gets it meanwhile. */
  whole: 'update',
  /** It doesn't change, but captures go on: for what may take long. */
  light: 'no key update',
  /** It stays, and stays in its group: for the status that records are about to get. */
  target: 'share'
} as const

/** The statuses of one kind of record: tables of the same columns, with groups of their own. */
export class StatusRecords<Group extends StatusGroup | SaleStatusGroup> {
  readonly #table: typeof statuses | typeof saleStatuses

  constructor(table: typeof statuses | typeof saleStatuses) {
    this.#table = table
  }

  async insert(tx: Transaction, all: readonly NamedStatus<Group>[]): Promise<void> {
    const rows = all.map((status) => ({ dealerId: tx.dealerId, ...status }))
    await tx.orm.insert(this.#table).values(rows)
  }

  /** One page in the dealer's order. */
  async list(
    tx: Transaction,
    { group }: { group?: readonly Group[] | undefined },
    page: PageRequest
  ): Promise<Page<NamedStatus<Group>>> {
    const table = this.#table
    const rows = await tx.orm
      .select()
      .from(table)
      .where(
        and(
          eq(table.dealerId, tx.dealerId),
          inIfGiven(table.group, group),
          afterPlace(table.position, table.id, page)
        )
      )
      .orderBy(table.position, table.id)
      .limit(page.limit + 1)
    return toPage(rows.map(toStatus<Group>), page, placeCursor)
  }

  async find(tx: Transaction, id: string): Promise<NamedStatus<Group> | null> {
    const [row] = await tx.orm.select().from(this.#table).where(this.#is(tx, id))
    return row ? toStatus(row) : null
  }

  /** Locks the status; to be called before the records that have it are locked. */
  async lock(
    tx: Transaction,
    id: string,
    strength: keyof typeof STRENGTHS = 'whole'
  ): Promise<NamedStatus<Group> | null> {
    const [row] = await tx.orm
      .select()
      .from(this.#table)
      .where(this.#is(tx, id))
      .for(STRENGTHS[strength])
    return row ? toStatus(row) : null
  }

  /** Changes a locked status and returns it as it is now. */
  async update(
    tx: Transaction,
    id: string,
    change: StatusChange<Group>,
    now: Date
  ): Promise<NamedStatus<Group>> {
    const [row] = await tx.orm
      .update(this.#table)
      .set({ ...change, version: sql`${this.#table.version} + 1`, updatedAt: now })
      .where(this.#is(tx, id))
      .returning()
    if (!row) throw new Error('a locked status is gone')
    return toStatus(row)
  }

  /** Deletes a locked status that no record has. */
  async delete(tx: Transaction, id: string): Promise<void> {
    await tx.orm.delete(this.#table).where(this.#is(tx, id))
  }

  /** Whether the group has another status. */
  async hasOtherInGroup(
    tx: Transaction,
    { id, group }: { id: string; group: Group }
  ): Promise<boolean> {
    const table = this.#table
    const rows = await tx.orm
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.dealerId, tx.dealerId), eq(table.group, group), ne(table.id, id)))
      .limit(1)
    return rows.length > 0
  }

  /** How many statuses the dealer has, and the position after the last. */
  async measure(tx: Transaction): Promise<{ count: number; nextPosition: number }> {
    const table = this.#table
    const [row] = await tx.orm
      .select({
        count: sql<number>`count(*)::int`,
        nextPosition: sql<number>`coalesce(max(${table.position}), -1)::int + 1`
      })
      .from(table)
      .where(eq(table.dealerId, tx.dealerId))
    return row ?? { count: 0, nextPosition: 0 }
  }

  #is(tx: Transaction, id: string): SQL | undefined {
    return and(eq(this.#table.dealerId, tx.dealerId), eq(this.#table.id, id))
  }
}

/** The statuses of leads. */
export const leadStatuses = new StatusRecords<StatusGroup>(statuses)

/** The statuses of sales. */
export const saleStatusRecords = new StatusRecords<SaleStatusGroup>(saleStatuses)

/** Each table has its own groups, which its check holds to. */
function toStatus<Group extends string>({
  dealerId: _,
  ...row
}: typeof statuses.$inferSelect | typeof saleStatuses.$inferSelect): NamedStatus<Group> {
  return row as NamedStatus<string> as NamedStatus<Group>
}
