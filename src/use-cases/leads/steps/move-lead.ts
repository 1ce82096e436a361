import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { GROUPS, isAwaitedGroup, isOpenGroup } from '../../../domain/leads/status-groups.ts'
import { stoodSeconds } from '../../../domain/leads/status.ts'
import type { Status } from '../../../domain/leads/status.ts'
import type { EventCode } from '../../../domain/reasons/event-reasons.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { findLeadSnapshot, updateLead } from '../../../repositories/leads/leads.ts'
import { followClient } from '../../clients/steps/follow-client.ts'
import { settlePlanned } from '../../activities/steps/settle-planned.ts'
import { withdrawOffers } from '../../qualification/steps/withdraw-offers.ts'
import { recordSales } from '../../sales/steps/record-sales.ts'
import { rescoreLead } from '../../scoring/steps/rescore-leads.ts'
import { readLockedLead } from './read-locked-lead.ts'

/**
 * Moves a locked lead to another status. The caller has checked that the move is allowed. The open offer
 * of a lead that is closed or converted ends: its recipient could do nothing with it. A lead that is
 * converted again follows its client.
 */
export async function moveLeadToStatus(
  tx: Transaction,
  {
    lead,
    status,
    change
  }: {
    lead: Lead
    status: Pick<Status, 'id' | 'group'>
    change: {
      actor: Actor
      reason: string | null
      /** The reason of the dealer's list that it is. */
      reasonId?: string | null
      now: Date
      code?: EventCode
      /** Domain of our Message-IDs. */
      mailDomain: string
    }
  }
): Promise<Lead> {
  const { actor, reason, reasonId = null, code = null, now, mailDomain } = change
  const snapshot = await findLeadSnapshot(tx, lead.id)
  // A closed lead has no response limit, and one that a user moved was seen to.
  const isSeenTo = code === null && actor.type !== 'system'
  const plan = isOpenGroup(status.group) && !isSeenTo ? {} : { respondBy: null, clockDueAt: null }
  const reasoned = GROUPS[status.group].needsReason
    ? { statusReasonId: reasonId, statusReasonText: reasonId === null ? reason : null }
    : {}
  const place = { statusId: status.id, statusChangedAt: now }
  await updateLead(tx, lead.id, { ...place, ...reasoned, ...plan }, now)
  await recordEvents(tx, actor, now, [
    {
      type: 'lead.status_changed',
      subject: { type: 'lead', id: lead.id },
      leadId: lead.id,
      clientId: lead.client?.id ?? null,
      data: {
        fromStatusId: lead.status.id,
        toStatusId: status.id,
        fromGroup: lead.status.group,
        toGroup: status.group,
        reason,
        ...(reasonId === null ? {} : { reasonId }),
        code,
        stoodSeconds: stoodSeconds(snapshot?.statusChangedAt ?? lead.receivedAt, now)
      }
    }
  ])
  const since = snapshot?.statusChangedAt ?? lead.receivedAt
  const groups = { from: lead.status.group, to: status.group }
  await settlePlanned(tx, lead.id, { ...groups, since }, { actor, now, mailDomain })
  if (!isAwaitedGroup(status.group)) await withdrawOffers(tx, [lead.id], { actor, now })
  const from = lead.status
  await recordSales(tx, { leadIds: [lead.id], from, toGroup: status.group, actor, now })
  await followClient(tx, lead.id, { actor, now, mailDomain })
  await rescoreLead(tx, lead.id, now)
  return await readLockedLead(tx, lead.id)
}
