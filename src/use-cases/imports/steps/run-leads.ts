import type { Transaction } from '../../../database/client.ts'
import type { CaptureCandidate } from '../../../domain/capture/capture-facts.ts'
import { leadCandidate } from '../../../domain/capture/lead-candidate.ts'
import { recordKeys } from '../../../domain/search/record-keys.ts'
import { dayStart } from '../../../domain/clock/time-zone.ts'
import type { KnownRecord, KnownRecords } from '../../../domain/imports/known-records.ts'
import { matchLead, takenProblem } from '../../../domain/imports/match-row.ts'
import type { LeadMatch } from '../../../domain/imports/match-row.ts'
import { withoutIdentity } from '../../../domain/capture/same-sender.ts'
import { isSameContent, mergeLead } from '../../../domain/imports/merge-content.ts'
import { planImportedLead } from '../../../domain/imports/plan-lead.ts'
import { RowTally } from '../../../domain/imports/row-tally.ts'
import { TurnBook } from '../../../domain/imports/turn-book.ts'
import { contactKeys, recognisableName } from '../../../domain/leads/contact.ts'
import type { LeadContent } from '../../../domain/leads/lead.ts'
import { planInTurn } from '../../../domain/routing/plan-in-turn.ts'
import { newId } from '../../../ids.ts'
import { releaseMended } from '../../leads/steps/release-mended.ts'
import type { CaptureContext } from '../../../repositories/leads/capture-question.ts'
import { holdTurn, saveTurns } from '../../../repositories/routing/turns.ts'
import { insertLeads, updateLeads } from '../../../repositories/imports/write-leads.ts'
import type { ImportedLead } from '../../../repositories/imports/write-leads.ts'
import {
  insertKeys,
  insertRecordEvents,
  replaceKeys
} from '../../../repositories/imports/write-records.ts'
import { Turns } from '../../../turns.ts'
import { findScoringRules, rescoreLeads } from '../../scoring/steps/rescore-leads.ts'
import { askForBatch, findKnown } from './read-batch.ts'
import type { Batch, BatchRow } from './read-batch.ts'

/** The results of a batch so far. */
interface Work {
  batch: Batch
  context: CaptureContext
  known: KnownRecords<LeadContent>
  turns: TurnBook
  tally: RowTally
  made: Map<string, ImportedLead>
  changed: Map<string, { id: string; content: LeadContent; changes: number }>
  /** Held leads as the rows have them. */
  held: { leadId: string; again: LeadContent }[]
}

/**
 * Makes, changes and leaves leads as the rows say, in the order of the file: a row sees what the rows
 * before it made. Nothing is announced but held leads that a row completes. The keys' locks must be held.
 */
export async function runLeads(tx: Transaction, batch: Batch): Promise<RowTally> {
  const toChange = batch.stored.settings.onMatch === 'update'
  const work: Work = {
    batch,
    context: await askForBatch(tx, batch),
    known: await findKnown<LeadContent>(tx, batch, { toChange, forCapture: true }),
    turns: new TurnBook(),
    tally: new RowTally(),
    made: new Map(),
    changed: new Map(),
    held: []
  }
  const turns = new Turns()
  for (const row of batch.rows) {
    await settleRow(tx, work, row)
    await turns.giveWay()
  }
  await write(tx, work)
  // Who is in a list gets no automatic mail.
  await releaseMended(tx, work.held, { ...batch, mailFrom: null })
  return work.tally
}

async function settleRow(tx: Transaction, work: Work, one: BatchRow): Promise<void> {
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
  const match = matchLead(read, work.known, settings)
  const notices = match.taken ? [takenProblem(row, read, settings)] : []
  work.tally.warn([...read.notices, ...notices])
  if (match.record === null) {
    await make(tx, work, one, match.taken)
  } else if (settings.onMatch === 'skip') {
    const { candidate, version } = match.record
    work.tally.skip(row.number, { id: candidate.id, version })
  } else {
    change(work, one, match.record)
  }
}

async function make(
  tx: Transaction,
  work: Work,
  { row, read }: BatchRow,
  taken: LeadMatch<LeadContent>['taken']
): Promise<void> {
  const { context, batch, known, turns } = work
  const content = taken ? withoutIdentity(read.content) : read.content
  const isIdReused = taken === 'by-another-person'
  const keys = contactKeys(content.contact)
  const { placement } = batch.stored.settings
  const facts = { context, content, placement, isIdReused, now: batch.now }
  const day = dayStart(batch.now, context.routing.timeZone)
  const planned = await planInTurn(
    (held) =>
      planImportedLead({ ...facts, ...known.candidates(keys), importId: batch.stored.id }, held),
    async (question) =>
      turns.find(question) ?? turns.keep(question, await holdTurn(tx, question, day))
  )
  const lead = { id: newId(), row: row.number, content, ...planned.lead }
  turns.give(lead.assigneeId, planned.turn)
  work.made.set(lead.id, lead)
  work.tally.create(row.number, lead.id)
  known.add(
    { version: 1, content, candidate: candidateOf(work, lead, planned.owner) },
    keys,
    content.externalId
  )
}

/** The new lead as the rows after it see it. */
function candidateOf(
  { context }: Work,
  lead: ImportedLead,
  owner: CaptureCandidate['owner']
): CaptureCandidate {
  const { quarantineReason } = lead
  const sourceId = context.source?.id ?? ''
  return leadCandidate(
    { ...lead, sourceId, isQuarantined: quarantineReason !== null },
    { owner, statusGroup: 'new' }
  )
}

function change(work: Work, { row, read }: BatchRow, record: KnownRecord<LeadContent>): void {
  const { overwrite } = work.batch.stored.settings
  const before = record.content
  if (!before) throw new Error('a record to be changed was not read whole')
  const content = mergeLead(before, read.content, overwrite)
  const isChanged = !isSameContent(before, content)
  const version = record.version + (isChanged ? 1 : 0)
  const { id } = record.candidate
  work.tally.update(row.number, { id, version }, isChanged ? { content: before } : null)
  if (!isChanged) return
  const candidate = {
    ...record.candidate,
    name: recognisableName(content.contact),
    contact: content.contact
  }
  const changed = { version, content, candidate }
  work.known.add(changed, contactKeys(content.contact), content.externalId)
  if (record.candidate.lead?.quarantined === true && !work.made.has(id)) {
    work.held.push({ leadId: id, again: read.content })
  }
  const changes = (work.changed.get(id)?.changes ?? 0) + 1
  work.changed.set(id, { id, content, changes })
}

/** Writes what the rows came to: a few statements, however many rows. */
async function write(tx: Transaction, work: Work): Promise<void> {
  const { batch, made, changed } = work
  const { stored, actor, now } = batch
  const { sourceId } = stored.settings
  if (sourceId === null || stored.payloadId === null)
    throw new Error('an import of leads has no source')
  const origin = {
    importId: stored.id,
    payloadId: stored.payloadId,
    sourceId,
    statusId: work.context.newStatus.id,
    createdBy: actor.id,
    now
  }
  await insertLeads(tx, origin, [...made.values()])
  await insertKeys(
    tx,
    'leads',
    [...made.values()].map((lead) => ({
      id: lead.id,
      keys: recordKeys(lead.content, work.batch.searchable),
      contact: lead.content.contact
    }))
  )
  const contents = [...changed.values()]
  await updateLeads(tx, now, contents)
  await replaceKeys(
    tx,
    'leads',
    contents.map(({ id, content }) => ({
      id,
      keys: recordKeys(content, work.batch.searchable),
      contact: content.contact
    }))
  )
  await saveTurns(tx, work.turns.taken)
  await insertRecordEvents(tx, 'leads', { actor, now }, [
    ...[...made.values()].map((lead) => createdEvent(lead, sourceId, stored.id)),
    ...contents.map(({ id }) => ({
      type: 'lead.updated' as const,
      recordId: id,
      data: { fields: ['content'], importId: stored.id }
    }))
  ])
  await rescore(
    tx,
    contents.map(({ id }) => id),
    now
  )
}

function createdEvent(lead: ImportedLead, sourceId: string, importId: string) {
  const { id, content, assigneeId, queueId, duplicateOf, quarantineReason } = lead
  const data = { type: content.type, sourceId, assigneeId, queueId, duplicateOf, quarantineReason }
  return {
    type: 'lead.created' as const,
    recordId: id,
    data: { ...data, isTest: false, importId }
  }
}

async function rescore(tx: Transaction, leadIds: readonly string[], now: Date): Promise<void> {
  const ruleSet = leadIds.length === 0 ? null : await findScoringRules(tx)
  if (ruleSet) await rescoreLeads(tx, { leadIds, ruleSet, now })
}
