import type { Transaction } from '../../../database/client.ts'
import { isReasoned } from '../../../domain/dealers/status-reason.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { findLeadSnapshot, updateLead } from '../../../repositories/leads/leads.ts'
import type { GivenReason, MoveReason } from './settle-status-reason.ts'

/** Whether a move to the status that a lead has gives it a reason: then that is what it changes. */
export function givesReason(lead: Lead, { reason, reasonId }: GivenReason): boolean {
  return isReasoned(lead.status.group) && (reason !== null || reasonId !== null)
}

/** Gives a locked lead another reason for the status that it has. Answers whether it is another one. */
export async function correctStatusReason(
  tx: Transaction,
  lead: Lead,
  { id, text }: MoveReason,
  { actor, now }: { actor: Actor; now: Date }
): Promise<boolean> {
  const before = await findLeadSnapshot(tx, lead.id)
  const reasoned = { statusReasonId: id, statusReasonText: id === null ? text : null }
  const isSame =
    before?.statusReasonId === id && before.statusReasonText === reasoned.statusReasonText
  if (isSame) return false
  await updateLead(tx, lead.id, reasoned, now)
  await recordEvents(tx, actor, now, [
    {
      type: 'lead.updated',
      subject: { type: 'lead', id: lead.id },
      leadId: lead.id,
      clientId: lead.client?.id ?? null,
      data: { fields: ['statusReason'] }
    }
  ])
  return true
}
