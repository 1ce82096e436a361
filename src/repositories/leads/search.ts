import { and, desc, eq, gte, lt, sql } from 'drizzle-orm'
import { intersect, unionAll } from 'drizzle-orm/pg-core'

import type { Transaction } from '../../database/client.ts'
import { matchKeys } from '../../database/schema.ts'
import { FIELD_KEY_PREFIX, searchWord } from '../../domain/fields/search-keys.ts'
import type { RecordType } from '../../domain/leads/matching.ts'

/** How many words of a search are looked at, how many records one beginning and a search may find. */
const MAX_WORDS = 4
const MAX_OF_BEGINNING = 2_000
const MAX_FOUND = 1_000

/**
 * The ids of records that every word of `q` fits: the beginning of a word of the name, of an e-mail
 * address, of a phone number in E.164, or of a word of a searchable custom field.
 *
 * Of very many, the newest thousand are found: a name that common wants a second word beside it. They
 * are looked up first because, with the ids before it, the planner goes to those rows and no others.
 *
 * Beginnings are ranges on the primary key of `match_keys`. Under row security no other operator
 * would do: PostgreSQL lets only leak-proof ones near an index there, and LIKE is not one.
 */
export async function findMatchingRecords(
  tx: Transaction,
  type: RecordType,
  q: string
): Promise<string[]> {
  const words = q.trim().split(/\s+/).slice(0, MAX_WORDS)
  const [first, second, ...rest] = words.map((word) => recordsWithWord(tx, type, word))
  if (!first) throw new TypeError('a search needs a word')
  const found = (second ? intersect(first, second, ...rest) : first).as('found')
  const rows = await tx.orm
    .selectDistinct({ id: found.id })
    .from(found)
    .orderBy(desc(found.id))
    .limit(MAX_FOUND)
  return rows.map(({ id }) => id)
}

function recordsWithWord(tx: Transaction, type: RecordType, word: string) {
  const folded = searchWord(word)
  const digits = word.replaceAll(/\D/g, '')
  const [email, ...others] = [
    `e:${word.toLowerCase()}`,
    ...(folded === '' ? [] : [`n:${folded}`, `${FIELD_KEY_PREFIX}${folded}`]),
    ...(digits.length >= 4 ? [`p:+${digits}`] : [])
  ].map((beginning) => recordsFrom(tx, type, beginning))
  if (!email) throw new TypeError('a word has a beginning')
  const [second, ...rest] = others
  return second ? unionAll(email, second, ...rest) : email
}

/** Backwards along the key: ids ascend with time, so the newest of one key come first. */
function recordsFrom(tx: Transaction, type: RecordType, beginning: string) {
  return tx.orm
    .select({ id: matchKeys.recordId })
    .from(matchKeys)
    .where(
      and(
        eq(matchKeys.dealerId, tx.dealerId),
        // The last code point stands after every character a key can hold.
        gte(matchKeys.key, beginning),
        lt(matchKeys.key, `${beginning}\u{10ffff}`),
        sql`${matchKeys.recordType} = ${type}`
      )
    )
    .orderBy(desc(matchKeys.key), desc(matchKeys.recordType), desc(matchKeys.recordId))
    .limit(MAX_OF_BEGINNING)
}
