import type { Database, Transaction } from '../../database/client.ts'
import { planCapture } from '../../domain/capture/capture.ts'
import type { CapturePlan } from '../../domain/capture/capture.ts'
import { contactKeys } from '../../domain/leads/contact.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { decideInTurn } from '../routing/steps/decide-in-turn.ts'
import { rememberAutoResponded } from '../../repositories/auto-responses/auto-response-basis.ts'
import { askForCapture } from '../../repositories/leads/capture-question.ts'
import { insertDecisions } from '../../repositories/leads/decisions.ts'
import { createDeliveries } from '../../repositories/deliveries/deliveries.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { saveTurns } from '../../repositories/routing/turns.ts'
import { findLead, lockLead, updateLead } from '../../repositories/leads/leads.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { tellQueue } from '../notifications/steps/tell-queue.ts'
import { rescoreLead } from '../scoring/steps/rescore-leads.ts'
import { write } from '../write.ts'
import { readLockedLead } from './steps/read-locked-lead.ts'

interface ReleaseLead extends ChangeCommand {
  leadId: string
  /** Domain of our Message-IDs. */
  mailDomain: string
  /** The address our mails are from. */
  mailFrom: string
}

/**
 * Releases a lead from quarantine. The assignment and the notifications are decided now, by the time
 * at which the lead was received.
 */
export async function releaseLead(db: Database, command: ReleaseLead): Promise<Lead | Refusal> {
  const { principal, leadId } = command
  return await write(
    db,
    command,
    async (tx, heldLocks) => {
      const lead = expected(command, await lockLead(tx, principal, leadId), 'lead')
      if (isRefusal(lead)) return lead
      if (lead.quarantineReason === null) return { refusal: 'not-quarantined' }
      if (lead.status.group === 'deleted') return { refusal: 'lead-deleted' }
      if (contactKeys(lead.content.contact).join(' ') !== heldLocks.join(' ')) {
        return { refusal: 'lead-changed' }
      }
      return await release(tx, lead, command)
    },
    // The locks of a capture of the same person: of two concurrent leads, one is the earlier.
    async (tx) => {
      const seen = await findLead(tx, principal, leadId)
      return seen ? contactKeys(seen.content.contact) : []
    }
  )
}

async function release(tx: Transaction, lead: Lead, command: ReleaseLead): Promise<Lead> {
  const { mailDomain, now } = command
  const { plan, defaultQueueId } = await planRelease(tx, lead, command)
  const assigneeId = plan.assignee?.id ?? null
  // A queue that a user chose meanwhile comes before the queue of a rule.
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
  // A capture knows less than the score of a stored lead does. `rescoreLead` updates that score.
  const decided = plan.decisions.filter(({ step }) => step !== 'scored')
  await insertDecisions(tx, lead.id, decided, now)
  await rescoreLead(tx, lead.id, now)
  await recordEvents(tx, actorOf(command.principal), now, [
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
  // The plan tells the queue of a rule.
  const told = plan.deliveries.filter(({ purpose }) => purpose !== 'queue_mail' || !chosenId)
  const deliveries = [...told, ...(plan.autoResponse ? [plan.autoResponse] : [])]
  await createDeliveries(tx, { leadId: lead.id, deliveries, mailDomain, now })
  if (chosenId !== null && queueId === chosenId) {
    const actor = actorOf(command.principal)
    await tellQueue(tx, [lead.id], { queueId, actor, now, mailDomain })
  }
  if (plan.autoResponse) {
    const at = plan.autoResponse.dueAt ?? now
    await rememberAutoResponded(tx, { contact: lead.content.contact, leadId: lead.id, at })
  }
  return await readLockedLead(tx, lead.id)
}

/** The plan of a capture of this lead without quarantine. The lead is no match of itself. */
async function planRelease(
  tx: Transaction,
  lead: Lead,
  { now, mailFrom }: ReleaseLead
): Promise<{ plan: CapturePlan; defaultQueueId: string | null }> {
  const context = await askForCapture(tx, {
    sourceKey: null,
    sourceId: lead.source.id,
    referralCode: lead.referralLink?.code ?? null,
    assigneeId: lead.assignee?.id ?? null,
    authorId: null,
    externalId: null,
    principalId: null,
    idempotencyKey: null,
    contact: lead.content.contact,
    now,
    mailFrom
  })
  if (!context.source) throw new Error('a lead without a source')
  const facts = {
    ...context,
    source: context.source,
    candidates: context.candidates.filter(({ id }) => id !== lead.id),
    content: lead.content,
    receivedAt: lead.receivedAt,
    decidedAt: now,
    isReleased: true
  }
  const when = { at: now, timeZone: context.routing.timeZone }
  const { plan } = await decideInTurn(tx, when, (turns) => planCapture(facts, turns))
  const defaultQueue = context.routing.queues.find(({ isDefault }) => isDefault)
  return { plan, defaultQueueId: defaultQueue?.id ?? null }
}
