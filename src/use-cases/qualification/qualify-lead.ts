import type { Database, Transaction } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { assess, findUnknownClue } from '../../domain/qualification/assess.ts'
import type {
  ClueFound,
  Qualification,
  QualificationForm,
  QualificationResult
} from '../../domain/qualification/form.ts'
import { GROUP_OF_RESULT, statusKept } from '../../domain/qualification/qualified-status.ts'
import type { QualifiedLead, StatusKept } from '../../domain/qualification/qualified-status.ts'
import type { Temperature } from '../../domain/leads/temperature.ts'
import { invalid, isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { holdStatusOfGroup } from '../../repositories/dealers/group-statuses.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { findLeadById, lockLead } from '../../repositories/leads/leads.ts'
import { insertParticipants } from '../../repositories/leads/participants.ts'
import { findForm } from '../../repositories/qualification/forms.ts'
import { insertQualification } from '../../repositories/qualification/qualifications.ts'
import { expected } from '../command.ts'
import type { ChangeCommand, CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { endWait } from '../clock/steps/keep-clock.ts'
import { moveLeadToStatus } from '../leads/steps/move-lead.ts'
import { rerouteLead } from '../routing/steps/reroute-lead.ts'
import { setTemperature } from '../scoring/steps/set-temperature.ts'
import { planLeadFollowUp } from './steps/plan-lead-follow-up.ts'

interface QualifyLead extends CreateCommand<QualifiedLead>, ChangeCommand {
  leadId: string
  clues: ClueFound[]
  /** The caller's own result; null: the result of the form. */
  result: QualificationResult | null
  note: string | null
  reason: string | null
  temperature: Temperature | null
  followUpAt: Date | null
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/**
 * Qualifies a lead by the form of its type, and carries out what follows from the result: a new
 * status, a temperature, a follow-up and the assignment rules.
 */
export async function qualifyLead(
  db: Database,
  command: QualifyLead
): Promise<Created<QualifiedLead> | Refusal> {
  return await createOnce(db, command, async (tx) => {
    const { principal, leadId, clues } = command
    const lead = expected(command, await lockLead(tx, principal, leadId), 'lead')
    if (isRefusal(lead)) return lead
    if (lead.quarantineReason !== null) return { refusal: 'quarantined' }
    const form = await findForm(tx, lead.content.type)
    if (!form) return { refusal: 'no-qualification-form' }
    const index = findUnknownClue(form, clues)
    if (index !== null) return invalid(`/clues/${index}`, 'unknown-clue')
    const assessment = assess(form, clues)
    const result = command.result ?? assessment.result
    return (
      findFault(command, { result, isOverruled: result !== assessment.result }) ??
      (await record(tx, command, { lead, form, result, total: assessment.total }))
    )
  })
}

function findFault(
  { note, reason, followUpAt, now }: QualifyLead,
  { result, isOverruled }: { result: QualificationResult; isOverruled: boolean }
): Refusal | null {
  if (isOverruled && note === null) return invalid('/note', 'note-required')
  if (result === 'unqualified' && reason === null)
    return invalid('/reason', 'reason-of-unqualified')
  if (followUpAt === null) return null
  if (result !== 'not_yet') return invalid('/followUpAt', 'unfit-follow-up')
  return followUpAt > now ? null : invalid('/followUpAt', 'not-in-future')
}

interface Found {
  lead: Lead
  form: QualificationForm
  result: QualificationResult
  total: number
}

async function record(tx: Transaction, command: QualifyLead, found: Found): Promise<QualifiedLead> {
  const { principal, temperature, now, mailDomain } = command
  const { lead, form, result, total } = found
  const actor = actorOf(principal)
  const kept = await moveByResult(tx, command, found)
  if (temperature !== null) await setTemperature(tx, lead, { temperature, actor, now })
  const asksAgain = result === 'not_yet' && kept !== 'closed'
  const followUp = asksAgain ? await planLeadFollowUp(tx, command, { lead, form }) : null
  const {
    leadType: _type,
    version: formVersion,
    createdAt: _made,
    updatedAt: _changed,
    ...content
  } = form
  const qualification: Qualification = {
    id: newId(),
    leadId: lead.id,
    result,
    total,
    clues: command.clues,
    form: content,
    formVersion,
    note: command.note,
    reason: command.reason,
    followUpId: followUp?.id ?? null,
    actor,
    createdAt: now
  }
  await insertQualification(tx, qualification)
  await endWait(tx, lead.id)
  // Rules may move it on: who qualified it goes on seeing it.
  if (principal.kind === 'user') {
    await insertParticipants(
      tx,
      [{ leadId: lead.id, userId: principal.id, reason: 'qualified' }],
      now
    )
  }
  await recordEvents(tx, actor, now, [
    {
      type: 'lead.qualified',
      subject: { type: 'lead', id: lead.id },
      leadId: lead.id,
      clientId: lead.client?.id ?? null,
      data: { qualificationId: qualification.id, result, total, formVersion, statusKept: kept }
    }
  ])
  if (form.routes && result === 'qualified' && kept !== 'closed') {
    await rerouteLead(tx, lead.id, { on: 'qualified', now, mailDomain })
  }
  const qualified = await findLeadById(tx, lead.id)
  if (!qualified) throw new Error('a locked lead is gone')
  return { qualification, lead: qualified, statusKept: kept }
}

/** Moves the lead to the first status of the result's group. Returns the reason if it keeps its status. */
async function moveByResult(
  tx: Transaction,
  { principal, reason, now, mailDomain }: QualifyLead,
  { lead, result }: Found
): Promise<StatusKept | null> {
  const group = GROUP_OF_RESULT[result]
  const hasClient = lead.client !== null
  const kept = statusKept({ group: lead.status.group, hasClient }, group)
  if (kept !== null) return kept
  const status = await holdStatusOfGroup(tx, group, null)
  if (!status) return 'no_status'
  const change = { actor: actorOf(principal), reason, now, mailDomain }
  await moveLeadToStatus(tx, { lead, status, change })
  return null
}
