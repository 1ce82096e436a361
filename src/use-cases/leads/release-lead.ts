import type { Database, Transaction } from '../../database/client.ts'
import { planCapture } from '../../domain/capture/capture.ts'
import type { CapturePlan } from '../../domain/capture/capture.ts'
import { contactKeys } from '../../domain/leads/contact.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { decideInTurn } from '../routing/decide-in-turn.ts'
import { rememberAnswered } from '../../repositories/auto-responses/auto-response-basis.ts'
import { askForCapture } from '../../repositories/leads/capture-question.ts'
import { insertDecisions } from '../../repositories/leads/decisions.ts'
import { oweDeliveries } from '../../repositories/deliveries/deliveries.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { saveTurns } from '../../repositories/routing/turns.ts'
import { findLead, findLeadById, lockLead, updateLead } from '../../repositories/leads/leads.ts'
import { rescoreLead } from '../scoring/rescore-leads.ts'

export interface Release {
  principal: TenantPrincipal
  actor: Actor
  leadId: string
  /** Throws where the change is based on another version. */
  checkVersion: (version: number) => void
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
  /** The address our mails are from. */
  mailFrom: string
}

export type ReleaseRefusal = 'not-quarantined' | 'deleted' | 'contact-changed'

/**
 * Lets a quarantined lead go on from where it stopped: whose it is and who hears of it is decided
 * now, by the time it was received. Null where the caller sees no such lead.
 */
export async function releaseLead(
  db: Database,
  release: Release
): Promise<{ lead: Lead } | { refusal: ReleaseRefusal } | null> {
  const { principal, leadId } = release
  const seen = await db.transaction(principal.dealerId, (tx) => findLead(tx, principal, leadId))
  if (!seen) return null
  // The locks of a capture of the same person, so that of two leads at once one is the earlier.
  const locks = contactKeys(seen.content.contact)
  return await db.transaction(
    principal.dealerId,
    async (tx) => {
      const lead = await lockLead(tx, principal, leadId)
      if (!lead) return null
      release.checkVersion(lead.version)
      if (lead.quarantineReason === null) return { refusal: 'not-quarantined' }
      if (lead.status.group === 'deleted') return { refusal: 'deleted' }
      if (contactKeys(lead.content.contact).join(' ') !== locks.join(' ')) {
        return { refusal: 'contact-changed' }
      }
      return { lead: await goOn(tx, lead, release) }
    },
    locks
  )
}

async function goOn(tx: Transaction, lead: Lead, release: Release): Promise<Lead> {
  const { actor, mailDomain, now } = release
  const { plan, defaultQueueId } = await planAnew(tx, lead, release)
  const assigneeId = plan.assignee?.id ?? null
  // A queue that somebody chose meanwhile counts more than that of a rule.
  const chosenId = lead.queue?.id === defaultQueueId ? null : (lead.queue?.id ?? null)
  const queueId = assigneeId === null ? (chosenId ?? plan.queue?.id ?? null) : null
  const { duplicateOf: duplicateOfId, respondBy, clockDueAt } = plan
  await updateLead(
    tx,
    lead.id,
    { quarantineReason: null, assigneeId, queueId, duplicateOfId, respondBy, clockDueAt },
    now
  )
  if (plan.turn) await saveTurns(tx, [plan.turn])
  // It has had a score all along, by more than a capture knows: that is looked at below.
  const decided = plan.decisions.filter(({ step }) => step !== 'scored')
  await insertDecisions(tx, lead.id, decided, now)
  await rescoreLead(tx, lead.id, now)
  await recordEvents(tx, actor, now, [
    {
      type: 'lead.released',
      subject: { type: 'lead', id: lead.id },
      leadId: lead.id,
      data: {
        quarantineReason: lead.quarantineReason,
        assigneeId,
        queueId,
        duplicateOf: plan.duplicateOf
      }
    }
  ])
  const deliveries = [...plan.deliveries, ...(plan.answer ? [plan.answer] : [])]
  await oweDeliveries(tx, { leadId: lead.id, deliveries, mailDomain, now })
  if (plan.answer) {
    const at = plan.answer.dueAt ?? now
    await rememberAnswered(tx, { contact: lead.content.contact, leadId: lead.id, at })
  }
  const released = await findLeadById(tx, lead.id)
  if (!released) throw new Error('a locked lead is gone')
  return released
}

/** What the capture would have decided, had the lead not been held; it is no candidate of itself. */
async function planAnew(
  tx: Transaction,
  lead: Lead,
  { now, mailFrom }: Release
): Promise<{ plan: CapturePlan; defaultQueueId: string | null }> {
  const answer = await askForCapture(tx, {
    sourceKey: null,
    sourceId: lead.source.id,
    referralCode: lead.referralLink?.code ?? null,
    assigneeId: lead.assignee?.id ?? null,
    externalId: null,
    principalId: null,
    idempotencyKey: null,
    contact: lead.content.contact,
    now,
    mailFrom
  })
  if (!answer.source) throw new Error('a lead without a source')
  const facts = {
    ...answer,
    source: answer.source,
    candidates: answer.candidates.filter(({ id }) => id !== lead.id),
    content: lead.content,
    receivedAt: lead.receivedAt,
    decidedAt: now,
    isReleased: true
  }
  const when = { at: now, timeZone: answer.routing.timeZone }
  const { plan } = await decideInTurn(tx, when, (turns) => planCapture(facts, turns))
  const defaultQueue = answer.routing.queues.find(({ isDefault }) => isDefault)
  return { plan, defaultQueueId: defaultQueue?.id ?? null }
}
