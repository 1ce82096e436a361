import type { Transaction } from '../../../database/client.ts'
import type { OwnPoints } from '../../../domain/contacts/point-parsing.ts'
import { isFoundInText } from '../../../domain/contacts/reached-by-text.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { EMPTY_CONTACT } from '../../../domain/leads/empty-lead.ts'
import { nounOf } from '../../../domain/imports/import.ts'
import type { StoredRow } from '../../../domain/imports/import.ts'
import { readRow } from '../../../domain/imports/read-row.ts'
import { planRows } from '../../../domain/imports/row-plan.ts'
import type { ReadRow } from '../../../domain/imports/read-row.ts'
import type { RowParsers } from '../../../domain/imports/read-value.ts'
import type { KnownRecords } from '../../../domain/imports/known-records.ts'
import { matchKeysOf } from '../../../domain/imports/merge-content.ts'
import { contactKeys } from '../../../domain/leads/contact.ts'
import { listCustomFields } from '../../../repositories/fields/custom-fields.ts'
import { askForCapture } from '../../../repositories/leads/capture-question.ts'
import type { CaptureContext } from '../../../repositories/leads/capture-question.ts'
import { findOwnPoints } from '../../../repositories/dealers/own-points.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { findKnownRecords } from '../../../repositories/imports/known-records.ts'
import type { StoredImport } from '../../../repositories/imports/import-state.ts'
import type { CustomField } from '../../../domain/fields/custom-field.ts'
import { mapInTurns } from '../../../turns.ts'

/** How texts are read, which depends on where the dealer is. */
export type ParsersOf = (dealer: {
  country: string
  currency: string
  timeZone: string
  ownPoints?: OwnPoints
}) => RowParsers

/** A row with what it says. */
export interface BatchRow {
  row: StoredRow
  read: ReadRow
}

/** Some rows of an import, read, with all that decides what becomes of them. */
export interface Batch {
  stored: StoredImport
  rows: readonly BatchRow[]
  /** The dealer's fields by which records are found. */
  searchable: readonly CustomField[]
  /** The user or key that started the import: the actor of its records. */
  actor: Actor
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/** Reads rows by the import's mapping, and the dealer's fields of now. */
export async function readBatch(
  tx: Transaction,
  stored: StoredImport,
  rows: readonly StoredRow[],
  { parsersOf, now, mailDomain }: { parsersOf: ParsersOf; now: Date; mailDomain: string }
): Promise<Batch> {
  const definitions = await listCustomFields(tx, nounOf(stored.target))
  const dealer = await findDealer(tx)
  if (!dealer) throw new Error('a dealer with an import is gone')
  const readBy = async (parsers: RowParsers): Promise<BatchRow[]> => {
    const plan = planRows(stored, { definitions, parsers })
    return await mapInTurns(rows, (row) => ({ row, read: readRow(plan, row) }))
  }
  const parsers = parsersOf(dealer)
  const read = await readBy(parsers)
  // Only what was found in a text costs the question whose it is.
  const isFound = read.some((one) => isFoundInText(one.read.content))
  const ownPoints = isFound ? await findOwnPoints(tx, parsers.contacts.parsePhone) : undefined
  return {
    stored,
    rows: ownPoints ? await readBy(parsersOf({ ...dealer, ownPoints })) : read,
    searchable: definitions.filter((field) => field.searchable),
    actor: stored.actor,
    now,
    mailDomain
  }
}

/** What a row shares with other captures: the texts that captures lock. */
export function locksOf({ read }: BatchRow): string[] {
  if (read.problems.length > 0) return []
  const { externalId, contact } = read.content
  return [...contactKeys(contact), ...(externalId === null ? [] : [`external ${externalId}`])]
}

/** The records the rows may be about. */
export async function findKnown<Content>(
  tx: Transaction,
  { stored, rows }: Batch,
  { toChange, forCapture }: { toChange: boolean; forCapture: boolean }
): Promise<KnownRecords<Content>> {
  const { target, settings } = stored
  const good = rows.filter(({ read }) => read.problems.length === 0).map(({ read }) => read)
  const keysOf = ({ content: { contact } }: ReadRow) =>
    forCapture ? contactKeys(contact) : matchKeysOf(contact, settings.matchBy)
  return await findKnownRecords<Content>(tx, {
    target,
    keys: [...new Set(good.flatMap(keysOf))],
    sourceId: settings.sourceId,
    externalIds: [...new Set(good.flatMap(({ content }) => content.externalId ?? []))],
    toChange
  })
}

/** Everything that leads are placed by, read once for all of a batch. */
export async function askForBatch(
  tx: Transaction,
  { stored, now }: Batch
): Promise<CaptureContext> {
  const { sourceId, placement } = stored.settings
  return await askForCapture(tx, {
    sourceKey: null,
    sourceId,
    referralCode: null,
    assigneeId: placement.type === 'user' ? placement.userId : null,
    authorId: null,
    externalId: null,
    principalId: null,
    idempotencyKey: null,
    contact: EMPTY_CONTACT,
    now,
    mailFrom: null
  })
}
