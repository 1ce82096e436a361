import type { Transaction } from '../../../database/client.ts'
import { nounOf } from '../../../domain/imports/import.ts'
import { columnOf, problemOf } from '../../../domain/imports/match-row.ts'
import type { KnownRecords } from '../../../domain/imports/known-records.ts'
import { matchKeysOf } from '../../../domain/imports/merge-content.ts'
import { RowTally } from '../../../domain/imports/row-tally.ts'
import { SeenKeys, hash53 } from '../../../domain/imports/seen-keys.ts'
import { isOpenGroup } from '../../../domain/leads/status-groups.ts'
import { because } from '../../../domain/reasons/reasons.ts'
import { findKnown } from './read-batch.ts'
import type { Batch, BatchRow } from './read-batch.ts'

/** How many keys of a row are remembered: its own id, and four e-mails and phones. */
const KEYS_PER_ROW = 5

/** What a dry run over so many rows remembers of the rows before. */
export function rememberRows(rows: number): SeenKeys {
  return new SeenKeys(rows * KEYS_PER_ROW)
}

/**
 * Says what would become of the rows, and makes nothing. What rows before would have made or changed is
 * in `seen`: there each key has the record it would belong to.
 */
export async function checkRows(tx: Transaction, batch: Batch, seen: SeenKeys): Promise<RowTally> {
  const known = await findKnown<never>(tx, batch, { toChange: false, forCapture: false })
  const tally = new RowTally()
  for (const row of batch.rows) checkRow({ batch, known, tally, seen }, row)
  return tally
}

interface Check {
  batch: Batch
  known: KnownRecords<never>
  tally: RowTally
  seen: SeenKeys
}

function checkRow(check: Check, { row, read }: BatchRow): void {
  const { tally, seen, batch } = check
  const { settings, target } = batch.stored
  if (read.problems.length > 0) {
    tally.reject(read.problems)
    return
  }
  const { externalId, contact } = read.content
  const keys = settings.onMatch === 'create' ? [] : matchKeysOf(contact, settings.matchBy)
  const ownKey = externalId === null ? null : `x:${externalId}`
  const own = ownKey === null ? null : findOwn(check, externalId, ownKey)
  const isOwnMatched = settings.matchBy.includes('externalId') && settings.onMatch !== 'create'
  if (own !== null && !isOwnMatched) {
    const column = columnOf(settings, 'externalId')
    tally.reject([problemOf(row, { column, reason: because('external_id_taken') }, externalId)])
    return
  }
  const found = own === null ? findRecords(check, keys) : [own]
  if (target === 'clients' && found.length > 1) {
    tally.reject([problemOf(row, { column: null, reason: because('several_clients_match') }, null)])
    return
  }
  const [match = null] = found
  const record = match ?? hash53(`row ${row.number}`)
  const outcome = match === null ? 'created' : settings.onMatch === 'skip' ? 'skipped' : 'updated'
  tally.foresee(outcome)
  tally.tell(read.notices)
  if (outcome === 'skipped') return
  for (const key of keys.slice(0, KEYS_PER_ROW - 1)) seen.set(key, record)
  if (ownKey !== null && own === null) seen.set(ownKey, record)
}

function findOwn({ known, seen }: Check, externalId: string | null, ownKey: string): number | null {
  const id = externalId === null ? null : known.byExternalId(externalId)
  return id === null ? seen.get(ownKey) : hash53(id)
}

/** The records a row is about, those of earlier rows among them, each by its hash. */
function findRecords({ batch, known, seen }: Check, keys: readonly string[]): number[] {
  const stored = known
    .under(nounOf(batch.stored.target), keys)
    .filter(({ candidate: { lead } }) => !lead || (isOpenGroup(lead.statusGroup) && !lead.isTest))
    .map(({ candidate }) => hash53(candidate.id))
  const ofRows = keys.flatMap((key) => seen.get(key) ?? [])
  return [...new Set([...stored, ...ofRows])]
}
