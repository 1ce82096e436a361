import type { Transaction } from '../../../database/client.ts'
import type { ClientContent } from '../../../domain/clients/client.ts'
import { recordKeys } from '../../../domain/search/record-keys.ts'
import type { SearchableContent } from '../../../domain/search/record-keys.ts'
import { nounOf } from '../../../domain/imports/import.ts'
import type { ToldProblem } from '../../../domain/imports/import.ts'
import type { LeadContent } from '../../../domain/leads/lead.ts'
import { because } from '../../../domain/reasons/reasons.ts'
import { markUndone } from '../../../repositories/operations/operations.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { listSearchableFields } from '../../../repositories/fields/custom-fields.ts'
import { updateImport, noteProgress } from '../../../repositories/imports/import-state.ts'
import type { StoredImport } from '../../../repositories/imports/import-state.ts'
import {
  findRepeated,
  listTouched,
  lockTouched,
  removeClients,
  removeLeads
} from '../../../repositories/imports/undo.ts'
import type { TouchedRecord } from '../../../repositories/imports/undo.ts'
import { removeNotificationsOfClients } from '../../../repositories/notifications/notifications.ts'
import { voidImportedConsents } from '../../../repositories/imports/write-consents.ts'
import { updateClients } from '../../../repositories/imports/write-clients.ts'
import { updateLeads } from '../../../repositories/imports/write-leads.ts'
import {
  insertProblems,
  insertRecordEvents,
  replaceKeys
} from '../../../repositories/imports/write-records.ts'

/** How many rows are undone in one transaction. */
const BATCH_ROWS = 1_000

/**
 * Takes back what the next rows did, from the last to the first: then what repeats a lead is gone before
 * that lead is. Returns how many rows, or null: that was all.
 */
export async function undoRows(
  tx: Transaction,
  stored: StoredImport,
  now: Date
): Promise<number | null> {
  const { id: importId, target, rows, processed } = stored
  const to = rows - processed
  if (to <= 0) {
    await finish(tx, stored, now)
    return null
  }
  const span = { importId, from: Math.max(to - BATCH_ROWS + 1, 1), to }
  await lockTouched(tx, target, span)
  const touched = await listTouched(tx, target, span)
  const untouched = new Set(touched.filter((one) => one.isUntouched).map((one) => one.recordId))
  if (target === 'leads') await keepRepeated(tx, touched, untouched)
  const taken = touched.filter(({ recordId }) => untouched.has(recordId))
  if (target === 'clients') {
    const ids = taken.map(({ recordId }) => recordId)
    await voidImportedConsents(tx, { operationId: stored.operationId, now, ids })
  }
  await remove(tx, stored, taken, now)
  await restore(tx, stored, taken, now)
  const left = touched.filter(({ recordId }) => !untouched.has(recordId))
  await insertProblems(tx, importId, left.map(leftProblem))
  const count = to - span.from + 1
  await noteProgress(tx, importId, { processed: processed + count }, now)
  return count
}

/** What is repeated by a lead that stays has to stay too. */
async function keepRepeated(
  tx: Transaction,
  touched: readonly TouchedRecord[],
  untouched: Set<string>
): Promise<void> {
  const made = touched.filter(({ outcome }) => outcome === 'created')
  for (;;) {
    const ids = made.flatMap(({ recordId }) => (untouched.has(recordId) ? [recordId] : []))
    const repeated = ids.length === 0 ? [] : await findRepeated(tx, ids)
    if (repeated.length === 0) return
    for (const id of repeated) untouched.delete(id)
  }
}

async function remove(
  tx: Transaction,
  { id: importId, target, actor, operationId }: StoredImport,
  taken: readonly TouchedRecord[],
  now: Date
): Promise<void> {
  const ids = taken.flatMap(({ outcome, recordId }) => (outcome === 'created' ? [recordId] : []))
  if (ids.length === 0) return
  if (target === 'leads') await removeLeads(tx, importId, ids)
  else await removeClients(tx, ids)
  const type = `${nounOf(target)}.removed` as const
  const happened = ids.map((recordId) => ({ type, recordId, data: { importId, operationId } }))
  await insertRecordEvents(tx, target, { actor, now }, happened)
}

async function restore(
  tx: Transaction,
  { id: importId, target, actor, operationId }: StoredImport,
  taken: readonly TouchedRecord[],
  now: Date
): Promise<void> {
  const changed = taken.flatMap(({ outcome, recordId: id, before }) =>
    outcome === 'updated' && before ? [{ id, content: before.content, changes: 1 }] : []
  )
  if (changed.length === 0) return
  // As they were written: of leads where these are leads.
  if (target === 'leads') {
    await updateLeads(tx, now, changed as { id: string; content: LeadContent; changes: number }[])
  } else {
    await updateClients(
      tx,
      now,
      changed as { id: string; content: ClientContent; changes: number }[]
    )
  }
  const searchable = await listSearchableFields(tx, nounOf(target))
  const keyed = changed.map(({ id, content }) => {
    const said = content as SearchableContent
    return { id, keys: recordKeys(said, searchable), contact: said.contact }
  })
  await replaceKeys(tx, target, keyed)
  const type = `${nounOf(target)}.updated` as const
  const data = { fields: ['content'], importId, operationId, by: 'undo' }
  const happened = changed.map(({ id: recordId }) => ({ type, recordId, data }))
  await insertRecordEvents(tx, target, { actor, now }, happened)
}

/** Behind all that the run told of the row. */
const LAST_POSITION = 999

function leftProblem({ number, line }: TouchedRecord): ToldProblem {
  return {
    row: number,
    line,
    column: null,
    ...because('changed_since_import'),
    value: null,
    severity: 'warning',
    position: LAST_POSITION
  }
}

async function finish(tx: Transaction, stored: StoredImport, now: Date): Promise<void> {
  const { id, actor, operationId, settings } = stored
  await updateImport(tx, id, { state: 'undone', finishedAt: now }, now)
  const { placement } = settings
  if (placement.type === 'user') {
    await removeNotificationsOfClients(tx, placement.userId, { importId: id })
  }
  if (operationId === null) throw new Error('an import that ran has no operation')
  await markUndone(tx, operationId, now)
  await recordEvents(tx, actor, now, [
    { type: 'import.undone', subject: { type: 'import', id }, data: { operationId } },
    {
      type: 'operation.undone',
      subject: { type: 'operation', id: operationId },
      data: { kind: 'import' }
    }
  ])
}
