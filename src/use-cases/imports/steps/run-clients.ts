import type { Transaction } from '../../../database/client.ts'
import type { ClientContent } from '../../../domain/clients/client.ts'
import { clientName } from '../../../domain/clients/client.ts'
import { recordKeys } from '../../../domain/search/record-keys.ts'
import type { KnownRecord, KnownRecords } from '../../../domain/imports/known-records.ts'
import { matchClient, problemOf } from '../../../domain/imports/match-row.ts'
import { isSameContent, mergeClient } from '../../../domain/imports/merge-content.ts'
import { clientContentFromRow } from '../../../domain/imports/record-content.ts'
import { newConsents } from '../../../domain/imports/row-consents.ts'
import { RowTally } from '../../../domain/imports/row-tally.ts'
import { contactKeys } from '../../../domain/leads/contact.ts'
import type { Consent } from '../../../domain/leads/lead.ts'
import { newId } from '../../../ids.ts'
import { insertImportedConsents } from '../../../repositories/imports/write-consents.ts'
import { insertClients, updateClients } from '../../../repositories/imports/write-clients.ts'
import {
  insertKeys,
  insertRecordEvents,
  replaceKeys
} from '../../../repositories/imports/write-records.ts'
import { mapInTurns } from '../../../turns.ts'
import { findKnown } from './read-batch.ts'
import type { Batch, BatchRow } from './read-batch.ts'

/** The results of a batch so far. */
interface Work {
  batch: Batch
  known: KnownRecords<ClientContent>
  tally: RowTally
  made: { id: string; content: ClientContent }[]
  changed: Map<string, { id: string; content: ClientContent; changes: number }>
  consents: { clientId: string; said: Consent }[]
}

/**
 * Makes, changes and leaves clients as the rows say, in the order of the file: a row sees what the rows
 * before it made. The keys' locks must be held.
 */
export async function runClients(tx: Transaction, batch: Batch): Promise<RowTally> {
  const toChange = batch.stored.settings.onMatch === 'update'
  const known = await findKnown<ClientContent>(tx, batch, { toChange, forCapture: false })
  const work: Work = {
    batch,
    known,
    tally: new RowTally(),
    made: [],
    changed: new Map(),
    consents: []
  }
  await mapInTurns(batch.rows, (row) => {
    settleRow(work, row)
  })
  await write(tx, work)
  return work.tally
}

function settleRow(work: Work, one: BatchRow): void {
  const { row, read } = one
  const { settings } = work.batch.stored
  if (read.problems.length > 0) {
    work.tally.reject(read.problems)
    return
  }
  if (read.isLeftOut) {
    work.tally.leaveOut(read.notices)
    return
  }
  const match = matchClient(read, work.known, settings)
  if ('reason' in match) {
    work.tally.reject([problemOf(row, match, null), ...read.notices])
    return
  }
  work.tally.warn(read.notices)
  if (match.record === null) {
    make(work, one)
  } else if (settings.onMatch === 'skip') {
    const { candidate, version } = match.record
    work.tally.skip(row.number, { id: candidate.id, version })
  } else {
    change(work, one, match.record)
  }
}

function make(work: Work, { row, read }: BatchRow): void {
  const content = clientContentFromRow(read.content)
  const id = newId()
  work.made.push({ id, content })
  addConsents(work, id, content.consents)
  work.tally.create(row.number, id)
  work.known.add(recordOf(id, content, 1), contactKeys(content.contact), null)
}

function change(work: Work, { row, read }: BatchRow, record: KnownRecord<ClientContent>): void {
  const before = record.content
  if (!before) throw new Error('a record to be changed was not read whole')
  const given = clientContentFromRow(read.content)
  const content = mergeClient(before, given, work.batch.stored.settings.overwrite)
  const isChanged = !isSameContent(before, content)
  const version = record.version + (isChanged ? 1 : 0)
  const { id } = record.candidate
  work.tally.update(row.number, { id, version }, isChanged ? { content: before } : null)
  if (!isChanged) return
  addConsents(work, id, newConsents(before.consents, given.consents))
  work.known.add(recordOf(id, content, version), contactKeys(content.contact), null)
  const changes = (work.changed.get(id)?.changes ?? 0) + 1
  work.changed.set(id, { id, content, changes })
}

function addConsents({ consents }: Work, clientId: string, all: readonly Consent[]): void {
  consents.push(...all.map((said) => ({ clientId, said })))
}

function recordOf(id: string, content: ClientContent, version: number): KnownRecord<ClientContent> {
  const { contact } = content
  const candidate = { type: 'client' as const, id, name: clientName(contact), contact }
  return { version, content, candidate: { ...candidate, owner: null, lead: null } }
}

/** Writes what the rows came to: a few statements, however many rows. */
async function write(tx: Transaction, work: Work): Promise<void> {
  const { batch, made } = work
  const { stored, actor, now } = batch
  const { sourceId, placement } = stored.settings
  const responsibleUserId = placement.type === 'user' ? placement.userId : null
  const changed = [...work.changed.values()]
  await insertClients(tx, { sourceId, responsibleUserId, now }, made)
  await updateClients(tx, now, changed)
  const keyed = (records: readonly { id: string; content: ClientContent }[]) =>
    records.map(({ id, content }) => ({
      id,
      keys: recordKeys(content, work.batch.searchable),
      contact: content.contact
    }))
  // What a row made, a later one may have changed.
  await insertKeys(tx, 'clients', keyed(made.filter(({ id }) => !work.changed.has(id))))
  await replaceKeys(tx, 'clients', keyed(changed))
  await insertImportedConsents(tx, { actor, operationId: stored.operationId, now }, work.consents)
  const data = { sourceId, responsibleUserId, importId: stored.id }
  await insertRecordEvents(tx, 'clients', { actor, now }, [
    ...made.map(({ id }) => ({ type: 'client.created' as const, recordId: id, data })),
    ...changed.map(({ id }) => ({
      type: 'client.updated' as const,
      recordId: id,
      data: { fields: ['content'], importId: stored.id }
    }))
  ])
}
