import { and, eq, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { queues, sources, statusReasons, statuses, users } from '../../database/schema.ts'

/** The records that a filter names by id, or by the word that people know. */
export type ChoiceNoun = 'status' | 'statusReason' | 'source' | 'queue'

interface Choices {
  ids: string[]
  /** Words that name no record. */
  unknown: string[]
  /** The words that there are. */
  known: string[]
}

/** Ids of statuses and queues by name, of sources and reasons by key: in any case, of this dealer. */
export async function findChoices(
  tx: Transaction,
  noun: ChoiceNoun,
  words: readonly string[]
): Promise<Choices> {
  const { table, word } = CHOICES[noun]
  const rows = await tx.orm
    .select({ id: table.id, word })
    .from(table)
    .where(eq(table.dealerId, tx.dealerId))
    .orderBy(word)
  return choose(words, rows)
}

/** Ids of users by id or e-mail address. Others than the named ones are not told. */
export async function findUserChoices(
  tx: Transaction,
  words: readonly string[]
): Promise<Pick<Choices, 'ids' | 'unknown'>> {
  const folded = words.map((word) => word.toLowerCase())
  const isNamed = or(isOneOf(users.id, folded), isOneOf(users.email, folded))
  const rows = await tx.orm
    .select({ id: users.id, word: users.email })
    .from(users)
    .where(and(eq(users.dealerId, tx.dealerId), isNamed))
  return choose(words, rows)
}

const CHOICES = {
  status: { table: statuses, word: statuses.name },
  statusReason: { table: statusReasons, word: statusReasons.key },
  source: { table: sources, word: sources.key },
  queue: { table: queues, word: queues.name }
} as const

function choose(words: readonly string[], rows: readonly { id: string; word: string }[]): Choices {
  const ids = new Map(rows.flatMap(({ id, word }) => [[word.toLowerCase(), id] as const, [id, id]]))
  const found = words.map((word) => ({ word, id: ids.get(word.toLowerCase()) }))
  return {
    ids: [...new Set(found.flatMap(({ id }) => (id === undefined ? [] : [id])))],
    unknown: found.filter(({ id }) => id === undefined).map(({ word }) => word),
    known: rows.map(({ word }) => word)
  }
}

function isOneOf(column: typeof users.id | typeof users.email, words: readonly string[]): SQL {
  return inArray(sql`lower(${column}::text)`, [...words])
}
