import { fold } from '../../../domain/text/fold.ts'
import { hash53 } from '../../../domain/text/hash53.ts'
import type { Transaction } from '../../../database/client.ts'
import { nounOf } from '../../../domain/imports/import.ts'
import { problemOf, takenProblem } from '../../../domain/imports/match-row.ts'
import type { KnownRecords } from '../../../domain/imports/known-records.ts'
import { matchKeysOf } from '../../../domain/imports/merge-content.ts'
import { RowTally } from '../../../domain/imports/row-tally.ts'
import { SeenKeys } from '../../../domain/imports/seen-keys.ts'
import { isSamePerson } from '../../../domain/capture/same-sender.ts'
import { contactKeys, displayName } from '../../../domain/leads/contact.ts'
import type { Contact } from '../../../domain/leads/lead.ts'
import { isOpenGroup } from '../../../domain/leads/status-groups.ts'
import { because } from '../../../domain/reasons/reasons.ts'
import { mapInTurns } from '../../../turns.ts'
import { findKnown } from './read-batch.ts'
import type { Batch, BatchRow } from './read-batch.ts'

/** How many keys of a row are remembered: e-mails and phones; its own id with its person. */
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
  await mapInTurns(batch.rows, (row) => {
    checkRow({ batch, known, tally, seen }, row)
  })
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
  const isNewId = externalId !== null && own === null
  for (const key of keys.slice(0, isNewId ? 2 : KEYS_PER_ROW)) seen.set(key, record)
  if (!isNewId) return
  seen.set(`x:${externalId}`, record)
  for (const owner of ownersOf(externalId, contact)) seen.set(owner, record)
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
  const record = seen.get(`x:${externalId}`)
  if (record === null) return null
  const isSame = ownersOf(externalId, contact).some((owner) => seen.get(owner) === record)
  return { record, isSame }
}

/** By what the person of an own id is remembered: two e-mails or phones, else the name. */
function ownersOf(externalId: string, contact: Contact): string[] {
  const keys = contactKeys(contact).slice(0, 2)
  const marks = keys.length > 0 ? keys : [fold(displayName(contact) ?? '')]
  return marks.map((mark) => `x:${externalId} ${mark}`)
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
