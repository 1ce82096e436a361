import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { RecordType } from '../../domain/leads/record-type.ts'
import { WHOLE_SEARCH, countTerms, searchRanges } from '../../domain/search/search-ranges.ts'

/** How many records one range, and one search, may find. */
const MAX_OF_RANGE = 2_000
const MAX_FOUND = 1_000

/**
 * Ranges of the primary key of `match_keys`, backwards: ids ascend with time, so the newest records
 * of one key come first. Under row security no other operator would do: PostgreSQL lets only
 * leak-proof ones near an index there, and LIKE is not one.
 */
export const SEARCH = statement(
  'search-records',
  { type: 'text', ranges: 'jsonb', terms: 'integer' },
  `with hits as materialized (
    select distinct r.term, r.option, r.part, r.parts, h.record_id
    from jsonb_to_recordset(:ranges) as r(term integer, option integer, part integer,
      parts integer, "from" text, before text)
    cross join lateral (select record_id from match_keys
      where dealer_id = :dealerId and key >= r."from" and key < r.before and record_type = :type
      order by key desc, record_type desc, record_id desc limit ${MAX_OF_RANGE}) h
  ), fitting as (
    select distinct term, record_id from hits
    group by term, option, parts, record_id having count(*) = parts
  )
  select record_id as id from fitting
  group by record_id
  having count(*) filter (where term <> ${WHOLE_SEARCH}) = :terms or bool_or(term = ${WHOLE_SEARCH})
  order by record_id desc limit ${MAX_FOUND}`
).returning<{ id: string }>()

/**
 * The ids of records that every term of `q` fits: the beginning of a word of the name, of an e-mail
 * address, of a make, model or code, any part of a phone number, the end of a VIN, or the beginning
 * of a word of a searchable custom field.
 *
 * Of very many, the newest thousand are found: a name that common wants a second word beside it. They
 * are looked up first because, with the ids before it, the planner goes to those rows and no others.
 */
export async function findMatchingRecords(
  tx: Transaction,
  type: RecordType,
  q: string
): Promise<string[]> {
  const ranges = searchRanges(q)
  if (ranges.length === 0) return []
  const rows = await tx.run(SEARCH, { type, ranges, terms: countTerms(ranges) })
  return rows.map(({ id }) => id)
}
