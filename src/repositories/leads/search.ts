import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { RecordType } from '../../domain/leads/record-type.ts'
import { placeCursor, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { WHOLE_SEARCH, countTerms, searchRanges } from '../../domain/search/search-ranges.ts'

/** How many records one range, and one search, may find. */
const MAX_OF_RANGE = 2_000
const MAX_FOUND = 1_000

/** What a term adds to the rank of a record that has all of it as a whole word, address, number or code. */
const WHOLE_RANK = 12

/** A record that a search finds; more of the search is whole in a record of a higher rank. */
export interface FoundRecord {
  id: string
  rank: number
}

/**
 * Ranges of the primary key of `match_keys`, backwards: ids ascend with time, so the newest records
 * of one key come first. Under row security no other operator would do: PostgreSQL lets only
 * leak-proof ones near an index there, and LIKE is not one.
 */
export const SEARCH = statement(
  'search-records',
  { type: 'text', ranges: 'jsonb', terms: 'integer' },
  `with hits as materialized (
    select r.term, r.option, r.part, r.parts, h.record_id, bool_or(h.key = r."from") as is_whole
    from jsonb_to_recordset(:ranges) as r(term integer, option integer, part integer,
      parts integer, "from" text, before text)
    cross join lateral (select key, record_id from match_keys
      where dealer_id = :dealerId and key >= r."from" and key < r.before and record_type = :type
      order by key desc, record_type desc, record_id desc limit ${MAX_OF_RANGE}) h
    group by r.term, r.option, r.part, r.parts, h.record_id
  ), fitting as (
    select term, record_id, max(rank) as rank from (
      select term, record_id, count(*) filter (where is_whole) * ${WHOLE_RANK} / parts as rank
      from hits group by term, option, parts, record_id having count(*) = parts) o
    group by term, record_id
  )
  select record_id as id, sum(rank)::int as rank from fitting
  group by record_id
  having count(*) filter (where term <> ${WHOLE_SEARCH}) = :terms or bool_or(term = ${WHOLE_SEARCH})
  order by record_id desc limit ${MAX_FOUND}`
).returning<FoundRecord>()

/**
 * The ids of records that every term of `q` fits: the beginning of a word of the name, of an e-mail
 * address, of a make, model or code, any part of a phone number, the end of a VIN, or the beginning
 * of a word of a searchable custom field.
 *
 * Of very many, the newest thousand are found, newest first: a name that common wants a second word beside it. They
 * are looked up first because, with the ids before it, the planner goes to those rows and no others.
 */
export async function findMatchingRecords(
  tx: Transaction,
  type: RecordType,
  q: string
): Promise<FoundRecord[]> {
  const ranges = searchRanges(q)
  if (ranges.length === 0) return []
  return await tx.run(SEARCH, { type, ranges, terms: countTerms(ranges) })
}

/** The name of the order by rank. */
export const RELEVANCE = 'relevance'

/** The records behind the cursor in the order of their ranks, best first; of equals the newest first. */
export function bestFirst(
  found: readonly FoundRecord[],
  { after }: Pick<PageRequest, 'after'>
): FoundRecord[] {
  const isBehind = ({ id, rank }: FoundRecord) =>
    after === null || rank < after.at.getTime() || (rank === after.at.getTime() && id < after.id)
  return found
    .filter(isBehind)
    .toSorted((a, b) => b.rank - a.rank || (a.id < b.id ? 1 : Number(a.id > b.id) * -1))
}

/** The page of those of these records that the caller sees, in their order. */
export async function toBestPage<Row extends { id: string }>(
  records: readonly FoundRecord[],
  page: PageRequest,
  { seen, read }: { seen: ReadonlySet<string>; read: (ids: string[]) => Promise<Row[]> }
): Promise<Page<Row>> {
  const places = toPage(
    records.filter(({ id }) => seen.has(id)),
    page,
    ({ id, rank }) => placeCursor({ position: rank, id })
  )
  const rows = new Map((await read(places.data.map(({ id }) => id))).map((row) => [row.id, row]))
  return { ...places, data: places.data.flatMap(({ id }) => rows.get(id) ?? []) }
}
