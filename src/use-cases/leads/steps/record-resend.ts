import type { Transaction } from '../../../database/client.ts'
import { mailToUser } from '../../../domain/deliveries/delivery.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { mergeLead } from '../../../domain/imports/merge-content.ts'
import { contentChanges, newChanges } from '../../../domain/leads/content-changes.ts'
import type { Lead, LeadContent } from '../../../domain/leads/lead.ts'
import { findUser } from '../../../repositories/access/users.ts'
import { createDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { insertPayload } from '../../../repositories/leads/lead-payloads.ts'
import { lockLeadById, updateLead } from '../../../repositories/leads/leads.ts'
import { findResentChanges } from '../../../repositories/leads/resent-changes.ts'
import { rescoreLead } from '../../scoring/steps/rescore-leads.ts'
import { readLockedLead } from './read-locked-lead.ts'

/** A known lead as its sender sent it again. */
interface Resend {
  leadId: string
  content: LeadContent
  /** `isKept`: another lead of the same document has stored it. */
  payload: { id: string; contentType: string; body: string; isKept: boolean }
  actor: Actor
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
  /** Whether its values go into empty fields of the lead. */
  fills: boolean
}

/**
 * Keeps what is new in a lead that came again: the payload, the changed values as an event, and, from who
 * may fill it, the values of empty fields in the lead. The assigned user is notified. Returns whether anything was new.
 */
export async function recordResend(tx: Transaction, resend: Resend): Promise<boolean> {
  const { leadId, content, payload, actor, now } = resend
  await lockLeadById(tx, leadId)
  const lead = await readLockedLead(tx, leadId)
  const known = await findResentChanges(tx, leadId)
  const changes = newChanges(contentChanges(lead.content, content), known)
  if (changes.length === 0) return false
  if (!payload.isKept) await insertPayload(tx, payload, now)
  const [eventId] = await recordEvents(tx, actor, now, [
    {
      type: 'lead.resent',
      subject: { type: 'lead', id: leadId },
      leadId,
      clientId: lead.client?.id ?? null,
      data: { payloadId: payload.id, changes }
    }
  ])
  if (resend.fills) await fillLead(tx, lead, resend)
  await notifyAssignee(tx, lead, { ...resend, eventId })
  return true
}

async function fillLead(tx: Transaction, lead: Lead, { content, now }: Resend): Promise<void> {
  const { vehicles } = lead.content
  const filled = {
    ...mergeLead(lead.content, content, false),
    vehicles: vehicles.length > 0 ? vehicles : content.vehicles
  }
  if (contentChanges(lead.content, filled).length === 0) return
  await updateLead(tx, lead.id, { content: filled }, now)
  await rescoreLead(tx, lead.id, now)
}

async function notifyAssignee(
  tx: Transaction,
  lead: Lead,
  { now, mailDomain, eventId }: Resend & { eventId: string | undefined }
): Promise<void> {
  const isHeld = lead.quarantineReason !== null || lead.status.group === 'deleted'
  if (isHeld || lead.content.isTest || !lead.assignee) return
  const user = await findUser(tx, lead.assignee.id)
  if (!user) return
  // The mail tells of the event: what is new in the lead.
  const deliveries = [{ ...mailToUser('assignee_mail', user), aboutId: eventId ?? null }]
  await createDeliveries(tx, { leadId: lead.id, deliveries, mailDomain, now })
}
