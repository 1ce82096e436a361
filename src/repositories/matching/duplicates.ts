import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { PgColumn } from 'drizzle-orm/pg-core'

import type { Transaction } from '../../database/client.ts'
import { clients, duplicates, users } from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { MAX_COUNTED } from '../../domain/matching/duplicate.ts'
import type { Duplicate, DuplicateCounts, DuplicateState } from '../../domain/matching/duplicate.ts'
import { bandOf } from '../../domain/matching/matches.ts'
import { given, inIfGiven, isNamedBy, isRecord } from '../filters.ts'
import type { Page, PageRequest } from '../paging.ts'
import { placeCursor, toPage } from '../paging.ts'
import { visibleClients } from '../visibility.ts'

/** Scores are kept in ten-thousandths. */
export const SCORE_UNITS = 10_000

/** The filters of the list. A pair must match all given filters. */
interface DuplicateFilter {
  state: DuplicateState
  assignee?: readonly string[] | undefined
  client?: string | undefined
}

/** One page of the pairs of clients that the caller sees both of, best first. */
export async function listDuplicates(
  tx: Transaction,
  principal: TenantPrincipal,
  { state, assignee, client }: DuplicateFilter,
  page: PageRequest
): Promise<Page<Duplicate>> {
  const { score, id } = duplicates
  const rows = await selectDuplicates(tx, tx.filterOrm)
    .where(
      and(
        eq(duplicates.dealerId, tx.dealerId),
        eq(duplicates.state, state),
        inIfGiven(duplicates.assigneeId, assignee),
        given(client, (of) => or(eq(duplicates.firstId, of), eq(duplicates.secondId, of))),
        given(
          page.after,
          (after) => sql`(${score}, ${id}) < (${after.at.getTime()}::int, ${after.id}::uuid)`
        ),
        isSeen(tx, principal)
      )
    )
    .orderBy(sql`${score} desc`, sql`${id} desc`)
    .limit(page.limit + 1)
  return toPage(rows.map(toDuplicate), page, (pair) =>
    placeCursor({ position: Math.round(pair.score * SCORE_UNITS), id: pair.id })
  )
}

/** The pair, or null where the caller does not see its clients. */
export async function findDuplicate(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<Duplicate | null> {
  const [row] = await selectDuplicates(tx).where(
    and(isRecord(tx, duplicates, id), isSeen(tx, principal))
  )
  return row ? toDuplicate(row) : null
}

/** How many open pairs the caller sees. */
export async function countOpenDuplicates(
  tx: Transaction,
  principal: TenantPrincipal
): Promise<Omit<DuplicateCounts, 'toCompare'>> {
  const few = tx.orm
    .select({ assigneeId: duplicates.assigneeId })
    .from(duplicates)
    .where(
      and(
        eq(duplicates.dealerId, tx.dealerId),
        eq(duplicates.state, sql`'open'`),
        isSeen(tx, principal)
      )
    )
    .limit(MAX_COUNTED)
    .as('few')
  const [row] = await tx.orm
    .select({
      open: sql<number>`count(*)::int`,
      unassigned: sql<number>`(count(*) filter (where ${isNull(few.assigneeId)}))::int`,
      mine: sql<number>`(count(*) filter (where ${eq(few.assigneeId, principal.id)}))::int`
    })
    .from(few)
  return row ?? { open: 0, unassigned: 0, mine: 0 }
}

/** What a user says of a pair. */
interface DuplicateChange {
  state?: DuplicateState
  assigneeId?: string | null
  decidedBy?: string | null
  decidedAt?: Date | null
}

/** Changes a pair. A merge that brought it into its state is no longer the reason for a state that is given. */
export async function updateDuplicate(
  tx: Transaction,
  id: string,
  change: DuplicateChange,
  now: Date
): Promise<void> {
  await tx.orm
    .update(duplicates)
    .set({
      ...change,
      ...(change.state === undefined ? {} : { operationId: null, stateBefore: null }),
      version: sql`${duplicates.version} + 1`,
      updatedAt: now
    })
    .where(isRecord(tx, duplicates, id))
}

/**
 * Of a merged pair, one of the clients is no longer there by itself. One look into the primary key for each client:
 * of an `exists`, PostgreSQL would make a table of all clients of the dealer for each page.
 */
function isSeen(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  const sees = (id: PgColumn) => {
    const isIt = and(
      eq(clients.dealerId, duplicates.dealerId),
      eq(clients.id, id),
      visibleClients(tx, principal)
    )
    return sql`(select true from ${clients} where ${isIt} limit 1) is true`
  }
  const [first, second] = [sees(duplicates.firstId), sees(duplicates.secondId)]
  return or(and(first, second), and(eq(duplicates.state, sql`'merged'`), or(first, second)))
}

function selectDuplicates(tx: Transaction, orm = tx.orm) {
  const [firsts, seconds] = [alias(clients, 'firsts'), alias(clients, 'seconds')]
  const [ofFirst, ofSecond] = [alias(users, 'of_first'), alias(users, 'of_second')]
  const [assignees, deciders] = [alias(users, 'assignees'), alias(users, 'deciders')]
  return orm
    .select({
      id: duplicates.id,
      state: duplicates.state,
      score: duplicates.score,
      reasons: duplicates.reasons,
      first: { id: firsts.id, name: firsts.displayName },
      second: { id: seconds.id, name: seconds.displayName },
      ofFirst: { id: ofFirst.id, name: ofFirst.name },
      ofSecond: { id: ofSecond.id, name: ofSecond.name },
      assignee: { id: assignees.id, name: assignees.name },
      decidedBy: { id: deciders.id, name: deciders.name },
      decidedAt: duplicates.decidedAt,
      version: duplicates.version,
      createdAt: duplicates.createdAt,
      updatedAt: duplicates.updatedAt
    })
    .from(duplicates)
    .innerJoin(firsts, isNamedBy(firsts, duplicates, duplicates.firstId))
    .innerJoin(seconds, isNamedBy(seconds, duplicates, duplicates.secondId))
    .leftJoin(ofFirst, isNamedBy(ofFirst, duplicates, firsts.responsibleUserId))
    .leftJoin(ofSecond, isNamedBy(ofSecond, duplicates, seconds.responsibleUserId))
    .leftJoin(assignees, isNamedBy(assignees, duplicates, duplicates.assigneeId))
    .leftJoin(deciders, isNamedBy(deciders, duplicates, duplicates.decidedBy))
    .$dynamic()
}

type DuplicateRow = Awaited<ReturnType<typeof selectDuplicates>>[number]

function toDuplicate({ first, second, ofFirst, ofSecond, ...row }: DuplicateRow): Duplicate {
  const score = row.score / SCORE_UNITS
  return {
    ...row,
    score,
    band: bandOf(score),
    clients: [
      { ...first, responsibleUser: ofFirst },
      { ...second, responsibleUser: ofSecond }
    ]
  }
}
