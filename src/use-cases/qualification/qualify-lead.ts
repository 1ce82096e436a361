import type { Transaction } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Actor } from '../../domain/events/event.ts'
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
import { newId } from '../../ids.ts'
import { holdStatusOfGroup } from '../../repositories/dealers/group-statuses.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { findLeadById, lockLead } from '../../repositories/leads/leads.ts'
import { findForm } from '../../repositories/qualification/forms.ts'
import { insertQualification } from '../../repositories/qualification/qualifications.ts'
import { moveLead } from '../leads/steps/move-lead.ts'
import { rerouteLead } from '../routing/route-lead.ts'
import { setTemperature } from '../scoring/steps/set-temperature.ts'
import { planToAskAgain } from './plan-to-ask-again.ts'

export interface QualifyLead {
  principal: TenantPrincipal
  actor: Actor
  leadId: string
  clues: ClueFound[]
  /** How a person sees it, whatever the clues come to; null: as the form does. */
  result: QualificationResult | null
  note: string | null
  reason: string | null
  temperature: Temperature | null
  followUpAt: Date | null
  /** Throws where the call is based on another version of the lead. */
  checkVersion: (version: number) => void
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

export type QualifyRefusal =
  | { refusal: 'no-form' | 'quarantined' }
  | { refusal: 'unknown-clue'; index: number }
  | { refusal: 'note-needed' | 'reason-needed' | 'no-follow-up' | 'past-follow-up' }

/**
 * Records what somebody found out about a lead, and what follows from it: its status, its temperature,
 * a date to ask again, and whose it becomes. Null where the caller sees no such lead.
 */
export async function qualifyLead(
  tx: Transaction,
  call: QualifyLead
): Promise<QualifiedLead | QualifyRefusal | null> {
  const lead = await lockLead(tx, call.principal, call.leadId)
  if (!lead) return null
  call.checkVersion(lead.version)
  if (lead.quarantineReason !== null) return { refusal: 'quarantined' }
  const form = await findForm(tx, lead.content.type)
  if (!form) return { refusal: 'no-form' }
  const index = findUnknownClue(form, call.clues)
  if (index !== null) return { refusal: 'unknown-clue', index }
  const assessment = assess(form, call.clues)
  const result = call.result ?? assessment.result
  const fault = findFault(call, { result, isOverruled: result !== assessment.result })
  if (fault !== null) return { refusal: fault }
  return await record(tx, call, { lead, form, result, total: assessment.total })
}

function findFault(
  { note, reason, followUpAt, now }: QualifyLead,
  { result, isOverruled }: { result: QualificationResult; isOverruled: boolean }
): 'note-needed' | 'reason-needed' | 'no-follow-up' | 'past-follow-up' | null {
  if (isOverruled && note === null) return 'note-needed'
  if (result === 'unqualified' && reason === null) return 'reason-needed'
  if (followUpAt === null) return null
  if (result !== 'not_yet') return 'no-follow-up'
  return followUpAt > now ? null : 'past-follow-up'
}

interface Found {
  lead: Lead
  form: QualificationForm
  result: QualificationResult
  total: number
}

async function record(tx: Transaction, call: QualifyLead, found: Found): Promise<QualifiedLead> {
  const { actor, now, mailDomain } = call
  const { lead, form, result, total } = found
  const kept = await moveByResult(tx, call, found)
  const { temperature } = call
  if (temperature !== null) await setTemperature(tx, lead, { temperature, actor, now })
  const asksAgain = result === 'not_yet' && kept !== 'closed'
  const followUp = asksAgain ? await planToAskAgain(tx, call, { lead, form }) : null
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
    clues: call.clues,
    form: content,
    formVersion,
    note: call.note,
    reason: call.reason,
    followUpId: followUp?.id ?? null,
    actor,
    createdAt: now
  }
  await insertQualification(tx, qualification)
  await recordEvents(tx, actor, now, [
    {
      type: 'lead.qualified',
      subject: { type: 'lead', id: lead.id },
      leadId: lead.id,
      clientId: lead.client?.id ?? null,
      data: { qualificationId: qualification.id, result, total, formVersion, statusKept: kept }
    }
  ])
  // Rules for qualified leads are about those that are, and still open.
  if (form.routes && result === 'qualified' && kept !== 'closed') {
    await rerouteLead(tx, lead.id, { on: 'qualified', now, mailDomain })
  }
  const qualified = await findLeadById(tx, lead.id)
  if (!qualified) throw new Error('a locked lead is gone')
  return { qualification, lead: qualified, statusKept: kept }
}

/** Moves the lead to the first status of the result's group; answers why it stays, where it does. */
async function moveByResult(
  tx: Transaction,
  { actor, reason, now }: QualifyLead,
  { lead, result }: Found
): Promise<StatusKept | null> {
  const group = GROUP_OF_RESULT[result]
  const hasClient = lead.client !== null
  const kept = statusKept({ group: lead.status.group, hasClient }, group)
  if (kept !== null) return kept
  const status = await holdStatusOfGroup(tx, group, null)
  if (!status) return 'no_status'
  await moveLead(tx, { lead, status, change: { actor, reason, now } })
  return null
}
