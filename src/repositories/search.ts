import { and, eq, gte, inArray, lt, or, sql } from 'drizzle-orm'
import { intersect } from 'drizzle-orm/pg-core'

import type { Transaction } from '../database/client.ts'
import { matchKeys } from '../database/schema.ts'
import { fold } from '../domain/contact.ts'

/** How many words of a search are looked at, and how many records one word may find. */
const MAX_WORDS = 4
const MAX_FOUND = 5_000

/**
 * The ids of records that every word of `q` fits: the beginning of a word of the name, of an e-mail
 * address, or of a phone number in E.164. A subquery, for use inside another.
 *
 * Beginnings are ranges on the primary key of `match_keys`. Under row security no other operator
 * would do: PostgreSQL lets only leak-proof ones near an index there, and LIKE is not one.
 */
export function matchingRecords(tx: Transaction, type: 'client' | 'lead', q: string) {
  const words = q.trim().split(/\s+/).slice(0, MAX_WORDS)
  const queries = words.map((word) => recordsWithWord(tx, type, word))
  const [first, second, ...rest] = queries
  if (!first) throw new TypeError('a search needs a word')
  return second ? intersect(first, second, ...rest) : first
}

function recordsWithWord(tx: Transaction, type: 'client' | 'lead', word: string) {
  const beginnings = [`e:${word.toLowerCase()}`, `n:${fold(word).replaceAll(' ', '')}`]
  const digits = word.replaceAll(/[^\d]/g, '')
  if (digits.length >= 4) beginnings.push(`p:+${digits}`)
  return tx.orm
    .select({ id: matchKeys.recordId })
    .from(matchKeys)
    .where(
      and(
        eq(matchKeys.dealerId, tx.dealerId),
        inArray(matchKeys.recordType, [type]),
        or(
          // A word of punctuation alone finds nothing.
          sql`false`,
          ...beginnings
            .filter((beginning) => beginning.length > 2)
            .map((beginning) =>
              // The last code point stands after every character a key can hold.
              and(gte(matchKeys.key, beginning), lt(matchKeys.key, `${beginning}\u{10ffff}`))
            )
        )
      )
    )
    .limit(MAX_FOUND)
}
