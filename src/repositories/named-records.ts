import { and, asc, eq, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'

import { inArray } from '../database/in-array.ts'
import type { Transaction } from '../database/client.ts'
import {
  promoters,
  queues,
  referralLinks,
  saleStatuses,
  sources,
  statuses,
  statusReasons,
  teams,
  users
} from '../database/schema.ts'
import type { TenantPrincipal } from '../domain/access/permissions.ts'
import { TEXT_REASON } from '../domain/leads/lead-count.ts'
import { idsNamedBy } from '../domain/named.ts'
import type { NamedNoun, NamedRecord } from '../domain/named.ts'
import { visiblePromoters } from './visible-promoters.ts'

interface NamedTable {
  table: PgTable
  dealerId: PgColumn
  id: PgColumn
  /** What it is known by, the most exact first. */
  words: readonly [PgColumn, ...PgColumn[]]
}

/** More records than this of one name are no answer. */
const MAX_FOUND = 200

/** The records of these ids or words, in any case, that a caller sees. */
export async function findNamed(
  tx: Transaction,
  principal: TenantPrincipal,
  noun: NamedNoun,
  words: readonly string[]
): Promise<NamedRecord[]> {
  const { table, dealerId, id, words: columns } = NAMED[noun]
  const folded = [...new Set(words.map((word) => word.toLowerCase()))]
  const isOne = (column: PgColumn) => inArray(sql`lower(${column}::text)`, folded)
  const isFound = and(eq(dealerId, tx.dealerId), or(isOne(id), ...columns.map(isOne)))
  const query = tx.filterOrm
    .select({ id: sql<string>`${id}`, words: wordsOf(columns) })
    .from(table)
    .limit(MAX_FOUND)
    .$dynamic()
  const isMe = noun === 'user' && principal.kind === 'user' && folded.includes('me')
  const me = isMe ? [{ id: principal.id, words: ['me'] }] : []
  const isText = noun === 'statusReason' && folded.includes(TEXT_REASON)
  const texts = isText ? [{ id: TEXT_REASON, words: [TEXT_REASON] }] : []
  if (noun !== 'promoter') return [...me, ...texts, ...(await query.where(isFound))]
  return await query
    .leftJoin(referralLinks, isLink)
    .where(and(isFound, visiblePromoters(principal)))
}

/** The one user whom a text names; null where it names none, or several. */
export async function findNamedUser(
  tx: Transaction,
  principal: TenantPrincipal,
  text: string
): Promise<string | null> {
  const ids = idsNamedBy(text.trim(), await findNamed(tx, principal, 'user', [text.trim()]))
  return ids.length === 1 ? (ids[0] ?? null) : null
}

/** A refusal names so many words that there are. */
const MAX_LISTED = 50

/** The words of the first records, for a refusal. Each names one record: of users with one name, their addresses. */
export async function listNamedWords(tx: Transaction, noun: NamedNoun): Promise<string[]> {
  const { table, dealerId, words } = NAMED[noun]
  // Of people the name: it is what their colleagues know.
  const word = noun === 'user' ? users.name : words[0]
  const rows = await tx.orm
    .select({
      word: sql<string>`${word}`,
      other: sql<string>`${noun === 'user' ? users.email : word}`
    })
    .from(table)
    .where(eq(dealerId, tx.dealerId))
    .orderBy(asc(word))
    .limit(MAX_LISTED)
  const isShared = (name: string) => rows.filter(({ word }) => word === name).length > 1
  return [...new Set(rows.map(({ word, other }) => (isShared(word) ? other : word)))]
}

const isLink = and(
  eq(referralLinks.dealerId, promoters.dealerId),
  eq(referralLinks.promoterId, promoters.id)
)

const NAMED: Record<NamedNoun, NamedTable> = {
  status: named(statuses, statuses.name),
  saleStatus: named(saleStatuses, saleStatuses.name),
  statusReason: named(statusReasons, statusReasons.key, statusReasons.name),
  source: named(sources, sources.key, sources.name),
  queue: named(queues, queues.name),
  team: {
    table: teams,
    dealerId: teams.dealerId,
    id: teams.key,
    words: [teams.key, teams.name]
  },
  user: named(users, users.email, users.name),
  promoter: named(promoters, referralLinks.code, promoters.email, promoters.name)
}

function named(
  table: PgTable & { dealerId: PgColumn; id: PgColumn },
  ...words: [PgColumn, ...PgColumn[]]
): NamedTable {
  return { table, dealerId: table.dealerId, id: table.id, words }
}

function wordsOf(columns: readonly PgColumn[]): SQL<(string | null)[]> {
  return sql`array[${sql.join([...columns], sql`, `)}]::text[]`
}
