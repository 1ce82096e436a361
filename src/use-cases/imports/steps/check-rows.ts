import { hash53 } from '../../../domain/text/hash53.ts'
import type { Transaction } from '../../../database/client.ts'
import { nounOf } from '../../../domain/imports/import.ts'
import { problemOf, takenProblem } from '../../../domain/imports/match-row.ts'
import type { KnownRecords } from '../../../domain/imports/known-records.ts'
import { matchKeysOf } from '../../../domain/imports/merge-content.ts'
import { RowTally } from '../../../domain/imports/row-tally.ts'
import type { SeenRows } from '../../../domain/imports/seen-rows.ts'
import { isSamePerson } from '../../../domain/capture/same-sender.ts'
import type { Contact } from '../../../domain/leads/lead.ts'
import { isOpenGroup } from '../../../domain/leads/status-groups.ts'
import { because } from '../../../domain/reasons/reasons.ts'
import { mapInTurns } from '../../../turns.ts'
import { findKnown } from './read-batch.ts'
import type { Batch, BatchRow } from './read-batch.ts'

/**
 * Says what would become of the rows, and makes nothing. What rows before would have made or changed is
 * in `seen`: there each key has the record it would belong to.
 */
export async function checkRows(tx: Transaction, batch: Batch, seen: SeenRows): Promise<RowTally> {
  const known = await findKnown<never>(tx, batch, { toChange: false, forCapture: false })
  const tally = new RowTally()
  await mapInTurns(batch.rows, (row) => {
    checkRow({ batch, known, tally, seen }, row)
  })
  return tally
}

interface Check {
  batch: Batch
  known: KnownRecords<never>
  tally: RowTally
  seen: SeenRows
}

function checkRow(check: Check, { row, read }: BatchRow): void {
  const { tally, seen, batch } = check
  const { settings, target } = batch.stored
  if (read.problems.length > 0) {
    tally.reject(read.problems)
    return
  }
  if (read.isLeftOut) {
    tally.leaveOut(read.notices)
    return
  }
  const { externalId, contact } = read.content
  const keys = settings.onMatch === 'create' ? [] : matchKeysOf(contact, settings.matchBy)
  const own = externalId === null ? null : findOwn(check, externalId, contact)
  const isOwnMatched = settings.matchBy.includes('externalId') && settings.onMatch !== 'create'
  const found = own?.isSame === true && isOwnMatched ? [own.record] : findRecords(check, keys)
  if (target === 'clients' && found.length > 1) {
    const fault = { column: null, reason: because('several_clients_match') }
    tally.reject([problemOf(row, fault, null), ...read.notices])
    return
  }
  const [match = null] = found
  const record = match ?? hash53(`row ${row.number}`)
  const outcome = match === null ? 'created' : settings.onMatch === 'skip' ? 'skipped' : 'updated'
  tally.foresee(outcome)
  const isIdTaken = own !== null && match === null
  tally.warn([...read.notices, ...(isIdTaken ? [takenProblem(row, read, settings)] : [])])
  if (outcome === 'skipped') return
  seen.meet(keys, record)
  if (externalId !== null && own === null) seen.meetOwn(externalId, contact, record)
}

/** The lead with the own id of a row, stored or of an earlier row, and whether it is of the same person. */
function findOwn(
  { known, seen }: Check,
  externalId: string,
  contact: Contact
): { record: number; isSame: boolean } | null {
  const id = known.byExternalId(externalId)
  const stored = id === null ? null : known.get(id)
  if (stored) {
    const isSame = isSamePerson(stored.candidate.contact, contact)
    return { record: hash53(stored.candidate.id), isSame }
  }
  return seen.own(externalId, contact)
}

/** The records a row is about, those of earlier rows among them, each by its hash. */
function findRecords({ batch, known, seen }: Check, keys: readonly string[]): number[] {
  const stored = known
    .under(nounOf(batch.stored.target), keys)
    .filter(({ candidate: { lead } }) => !lead || (isOpenGroup(lead.statusGroup) && !lead.isTest))
    .map(({ candidate }) => hash53(candidate.id))
  return [...new Set([...stored, ...seen.under(keys)])]
}
