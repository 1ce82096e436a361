import type { Transaction } from '../../database/client.ts'
import type { ImportTarget } from '../../domain/imports/import.ts'

/** Rows of an import by their numbers, both counted in. */
export interface RowSpan {
  importId: string
  from: number
  to: number
}

/**
 * What hangs on a lead `x` that an import made, beyond what it was made with. Each is found by an index;
 * a lead that repeats it counts unless the same import made that one too.
 */
const HANGING_ON_LEAD = `x.client_id is not null
  or exists (select from activities h where h.dealer_id = $1 and h.lead_id = x.id)
  or exists (select from deliveries h where h.dealer_id = $1 and h.lead_id = x.id)
  or exists (select from conversions h where h.dealer_id = $1 and h.lead_id = x.id)
  or exists (select from engagements h where h.dealer_id = $1 and h.lead_id = x.id)
  or exists (select from handovers h where h.dealer_id = $1 and h.lead_id = x.id)
  or exists (select from qualifications h where h.dealer_id = $1 and h.lead_id = x.id)
  or exists (select from opportunities h where h.dealer_id = $1 and h.lead_id = x.id)
  or exists (select from consents h where h.dealer_id = $1 and h.lead_id = x.id)
  or exists (select from sales h where h.dealer_id = $1 and h.lead_id = x.id)
  or exists (select from answered_persons h where h.dealer_id = $1 and h.lead_id = x.id)
  or exists (select from leads h where h.dealer_id = $1 and h.duplicate_of_id = x.id
    and h.import_id is distinct from $2)`

const HANGING_ON_CLIENT = `exists (select from leads h where h.dealer_id = $1 and h.client_id = x.id)
  or exists (select from activities h where h.dealer_id = $1 and h.client_id = x.id)
  or exists (select from opportunities h where h.dealer_id = $1 and h.client_id = x.id)
  or exists (select from consents h where h.dealer_id = $1 and h.client_id = x.id)
  or exists (select from sales h where h.dealer_id = $1 and h.client_id = x.id)
  or exists (select from clients h where h.dealer_id = $1 and h.merged_into_id = x.id)`

/**
 * The records that rows `$3` to `$4` were the first of the import to make or change: as what, what they
 * were before, and the version in which its last row left them. Where several rows went to one record,
 * it is taken back with the first. All rows of a record are read by its index: in their order, another
 * index would look nearer to a planner, and be gone through from the end for each.
 */
const TOUCHED = `select r.number, r.record_id, r.outcome, a.before, a.version
  from import_results r
  cross join lateral (
    select min(n.number) as first,
      (array_agg(n.record_version order by n.number desc))[1] as version,
      (array_agg(n.before order by n.number) filter (where n.before is not null))[1] as before
    from import_results n
    where n.dealer_id = $1 and n.import_id = $2 and n.record_id = r.record_id
      and n.outcome <> 'skipped'
  ) a
  where r.dealer_id = $1 and r.import_id = $2 and r.number between $3 and $4
    and r.outcome <> 'skipped' and a.first = r.number`

const TABLES = {
  leads: { table: 'leads', hanging: HANGING_ON_LEAD },
  clients: { table: 'clients', hanging: HANGING_ON_CLIENT }
} as const

/** One record that an import made or changed. */
export interface TouchedRecord {
  number: number
  recordId: string
  outcome: 'created' | 'updated'
  before: Record<string, unknown> | null
  /** Where its row begins in the file. */
  line: number
  /** Whether it is as the import left it, and nothing has come to hang on it. */
  isUntouched: boolean
}

function touched(target: ImportTarget): string {
  const { table, hanging } = TABLES[target]
  return `with touched as (${TOUCHED}), judged as (
  select t.number, t.record_id as "recordId", t.outcome, t.before,
    coalesce(x.version = t.version, false)
      and not (t.outcome = 'created' and (${hanging})) as "isUntouched"
  from touched t left join ${table} x on x.dealer_id = $1 and x.id = t.record_id
)`
}

/** The records that these rows were the first to make or change, the last row first. */
export async function listTouched(
  tx: Transaction,
  target: ImportTarget,
  { importId, from, to }: RowSpan
): Promise<TouchedRecord[]> {
  return await tx.query<TouchedRecord>(
    `import-touched-${target}`,
    // By a question of its own for each: joined, all rows of the file would be gone through.
    `${touched(target)} select judged.*,
      (select s.line from import_rows s
        where s.dealer_id = $1 and s.import_id = $2 and s.number = judged.number) as line
    from judged order by number desc`,
    [tx.dealerId, importId, from, to]
  )
}

/** The ids of those of them that are not as the import left them, no more than `limit`. */
export async function findChangedSince(
  tx: Transaction,
  target: ImportTarget,
  { importId, from, to, limit }: RowSpan & { limit: number }
): Promise<string[]> {
  const rows = await tx.query<{ recordId: string }>(
    `import-changed-${target}`,
    `${touched(target)} select "recordId" from judged where not "isUntouched" limit $5`,
    [tx.dealerId, importId, from, to, limit]
  )
  return rows.map(({ recordId }) => recordId)
}

/** Locks the records of these rows, in the order of their ids. */
export async function lockTouched(
  tx: Transaction,
  target: ImportTarget,
  { importId, from, to }: RowSpan
): Promise<void> {
  await tx.query(
    `import-lock-${target}`,
    `select x.id from ${TABLES[target].table} x
    where x.dealer_id = $1 and x.id in (select record_id from import_results
      where dealer_id = $1 and import_id = $2 and number between $3 and $4 and outcome <> 'skipped')
    order by x.id for update`,
    [tx.dealerId, importId, from, to]
  )
}

/** Those of these leads that others repeat which are not among them. */
export async function findRepeated(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'import-repeated',
    `select distinct duplicate_of_id as id from leads
    where dealer_id = $1 and duplicate_of_id = any ($2) and id <> all ($2)`,
    [tx.dealerId, ids]
  )
  return rows.map(({ id }) => id)
}

/** Removes leads that an import made, with what was written as they were made. */
export async function removeLeads(
  tx: Transaction,
  importId: string,
  ids: readonly string[]
): Promise<void> {
  await tx.query('import-remove-leads', 'select remove_imported_leads($1, $2)', [importId, ids])
}

/** Removes locked clients that an import made and nothing refers to. */
export async function removeClients(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.query(
    'import-remove-clients',
    `with keys as (delete from match_keys where dealer_id = $1 and record_id = any ($2))
    delete from clients where dealer_id = $1 and id = any ($2)`,
    [tx.dealerId, ids]
  )
}
