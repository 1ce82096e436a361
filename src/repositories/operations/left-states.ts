import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import { STATED_TABLES } from '../../domain/operations/left-states.ts'
import { recordsOf } from '../../domain/operations/operation-records.ts'
import type { LeftStates, RecordState, StatedTable } from '../../domain/operations/left-states.ts'
import type { Operation } from '../../domain/operations/operation.ts'

/** Columns that count changes, or follow from the others, from the time or from the work on a record. */
const COUNTING = ['version', 'created_at', 'updated_at', 'changed_in'] as const
const FOLLOWING: Readonly<Record<StatedTable, readonly string[]>> = {
  leads: [
    ...['status_changed_at', 'assigned_at', 'first_assigned_at', 'home_queue_id', 'follower_ids'],
    ...['temperature', 'temperature_by', 'temperature_until', 'score', 'score_version', 'cool_at'],
    ...['respond_by', 'clock_due_at', 'escalations', 'next_action_at', 'last_touch_at']
  ],
  clients: [],
  accounts: [],
  opportunities: [],
  activities: ['watch_at'],
  sales: []
}

const STATES = {
  leads: statesOf('leads'),
  clients: statesOf('clients'),
  accounts: statesOf('accounts'),
  opportunities: statesOf('opportunities'),
  activities: statesOf('activities'),
  sales: statesOf('sales')
} as const satisfies Record<StatedTable, unknown>

function statesOf(table: StatedTable) {
  const left = [...COUNTING, ...FOLLOWING[table]].join(',')
  return statement(
    `record-states-${table}`,
    { ids: 'uuid[]' },
    `select x.id, x.version, md5((to_jsonb(x) - '{${left}}'::text[])::text) as state
     from ${table} x where x.dealer_id = :dealerId and x.id = any (:ids)`
  ).returning<RecordState & { id: string }>()
}

/** How these records stand, by their ids. Those that are compared are locked. */
export async function findStates(
  tx: Transaction,
  table: StatedTable,
  ids: readonly string[]
): Promise<ReadonlyMap<string, RecordState>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.run(STATES[table], { ids })
  return new Map(rows.map(({ id, version, state }) => [id, { version, state }]))
}

/** The same of one record; null: it is gone. */
export async function findState(
  tx: Transaction,
  table: StatedTable,
  id: string
): Promise<RecordState | null> {
  return (await findStates(tx, table, [id])).get(id) ?? null
}

/** The states in which operations leave their records: one statement for each table that has any. */
export async function findLeftStates(
  tx: Transaction,
  operations: readonly Operation[]
): Promise<LeftStates> {
  const records = operations.map(recordsOf)
  const states: Record<string, string> = {}
  for (const table of STATED_TABLES) {
    const found = await findStates(
      tx,
      table,
      records.flatMap((ids) => ids[table] ?? [])
    )
    for (const [id, { state }] of found) states[id] = state
  }
  return states
}
