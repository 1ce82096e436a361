import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { ImportTarget } from '../../domain/imports/import.ts'
import { removePersons } from '../leads/person-keys.ts'

/** Rows of an import by their numbers, both counted in. */
interface RowSpan {
  importId: string
  from: number
  to: number
}

/**
 * What hangs on a lead `x` that an import made, beyond what it was made with. Each is found by an index;
 * a lead that repeats it counts unless the same import made that one too.
 */
const HANGING_ON_LEAD = `x.client_id is not null
  or exists (select from activities h where h.dealer_id = :dealerId and h.lead_id = x.id)
  or exists (select from deliveries h where h.dealer_id = :dealerId and h.lead_id = x.id)
  or exists (select from conversions h where h.dealer_id = :dealerId and h.lead_id = x.id)
  or exists (select from engagements h where h.dealer_id = :dealerId and h.lead_id = x.id)
  or exists (select from handovers h where h.dealer_id = :dealerId and h.lead_id = x.id)
  or exists (select from link_requests h where h.dealer_id = :dealerId and h.lead_id = x.id)
  or exists (select from qualifications h where h.dealer_id = :dealerId and h.lead_id = x.id)
  or exists (select from opportunities h where h.dealer_id = :dealerId and h.lead_id = x.id)
  or exists (select from consents h where h.dealer_id = :dealerId and h.lead_id = x.id)
  or exists (select from sales h where h.dealer_id = :dealerId and h.lead_id = x.id)
  or exists (select from auto_responded_persons h where h.dealer_id = :dealerId and h.lead_id = x.id)
  or exists (select from leads h where h.dealer_id = :dealerId and h.duplicate_of_id = x.id
    and h.import_id is distinct from :importId)`

const HANGING_ON_CLIENT = `exists (select from leads h where h.dealer_id = :dealerId and h.client_id = x.id)
  or exists (select from activities h where h.dealer_id = :dealerId and h.client_id = x.id)
  or exists (select from opportunities h where h.dealer_id = :dealerId and h.client_id = x.id)
  or exists (select from consents h where h.dealer_id = :dealerId and h.client_id = x.id
    and h.origin <> 'import')
  or exists (select from sales h where h.dealer_id = :dealerId and h.client_id = x.id)
  or exists (select from clients h where h.dealer_id = :dealerId and h.merged_into_id = x.id)`

/**
 * The records that rows `:from` to `:to` were the first of the import to make or change: as what, what
 * they were before, and the version in which its last row left them. Where several rows went to one
 * record, it is undone with the first. All rows of a record are read by its index: in their order,
 * another index would look nearer to a planner, and be gone through from the end for each.
 */
const TOUCHED = `select r.number, r.record_id, r.outcome, a.before, a.version
  from import_results r
  cross join lateral (
    select min(n.number) as first,
      (array_agg(n.record_version order by n.number desc))[1] as version,
      (array_agg(n.before order by n.number) filter (where n.before is not null))[1] as before
    from import_results n
    where n.dealer_id = :dealerId and n.import_id = :importId and n.record_id = r.record_id
      and n.outcome <> 'skipped'
  ) a
  where r.dealer_id = :dealerId and r.import_id = :importId and r.number between :from and :to
    and r.outcome <> 'skipped' and a.first = r.number`

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

const SPAN = { importId: 'uuid', from: 'integer', to: 'integer' } as const

const OF_LEADS = ofTable('leads', HANGING_ON_LEAD)
const OF_CLIENTS = ofTable('clients', HANGING_ON_CLIENT)

function ofTable(table: ImportTarget, hanging: string) {
  const judged = `with touched as (${TOUCHED}), judged as (
    select t.number, t.record_id as "recordId", t.outcome, t.before,
      coalesce(x.version = t.version, false)
        and not (t.outcome = 'created' and (${hanging})) as "isUntouched"
    from touched t left join ${table} x on x.dealer_id = :dealerId and x.id = t.record_id
  )`
  return {
    touched: statement(
      `import-touched-${table}`,
      SPAN,
      // The line by a question of its own: joined, all rows of the file would be gone through.
      `${judged} select judged.*,
        (select s.line from import_rows s where s.dealer_id = :dealerId
          and s.import_id = :importId and s.number = judged.number) as line
      from judged order by number desc`
    ).returning<TouchedRecord>(),
    changed: statement(
      `import-changed-${table}`,
      { ...SPAN, limit: 'integer' },
      `${judged} select "recordId" from judged where not "isUntouched" limit :limit`
    ).returning<{ recordId: string }>(),
    lock: statement(
      `import-lock-${table}`,
      SPAN,
      `select x.id from ${table} x
      where x.dealer_id = :dealerId and x.id in (select record_id from import_results
        where dealer_id = :dealerId and import_id = :importId and number between :from and :to
          and outcome <> 'skipped')
      order by x.id for update`
    )
  }
}

function of(target: ImportTarget) {
  return target === 'leads' ? OF_LEADS : OF_CLIENTS
}

/** The records that these rows were the first to make or change, the last row first. */
export async function listTouched(
  tx: Transaction,
  target: ImportTarget,
  span: RowSpan
): Promise<TouchedRecord[]> {
  return await tx.run(of(target).touched, span)
}

/** The ids of those of them that are not as the import left them, no more than `limit`. */
export async function findChangedSince(
  tx: Transaction,
  target: ImportTarget,
  span: RowSpan & { limit: number }
): Promise<string[]> {
  const rows = await tx.run(of(target).changed, span)
  return rows.map(({ recordId }) => recordId)
}

/** Locks the records of these rows, in the order of their ids. */
export async function lockTouched(
  tx: Transaction,
  target: ImportTarget,
  span: RowSpan
): Promise<void> {
  await tx.run(of(target).lock, span)
}

const REPEATED = statement(
  'import-repeated',
  { ids: 'uuid[]' },
  `select distinct duplicate_of_id as id from leads
   where dealer_id = :dealerId and duplicate_of_id = any (:ids) and id <> all (:ids)`
).returning<{ id: string }>()

/** Those of these leads that others repeat which are not among them. */
export async function findRepeated(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.run(REPEATED, { ids })
  return rows.map(({ id }) => id)
}

const REMOVE_LEADS = statement(
  'import-remove-leads',
  { importId: 'uuid', ids: 'uuid[]' },
  'select remove_imported_leads(:importId, :ids)'
)

/** Removes leads that an import made, with what was written as they were made. */
export async function removeLeads(
  tx: Transaction,
  importId: string,
  ids: readonly string[]
): Promise<void> {
  await tx.run(REMOVE_LEADS, { importId, ids })
}

const REMOVE_CLIENTS = statement(
  'import-remove-clients',
  { ids: 'uuid[]' },
  `with keys as (delete from match_keys where dealer_id = :dealerId and record_id = any (:ids))
   delete from clients where dealer_id = :dealerId and id = any (:ids)`
)

/** Removes locked clients that an import made and nothing refers to. */
export async function removeClients(tx: Transaction, ids: readonly string[]): Promise<void> {
  await removePersons(tx, ids)
  await tx.run(REMOVE_CLIENTS, { ids })
}
