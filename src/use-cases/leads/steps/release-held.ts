import type { Transaction } from '../../../database/client.ts'
import { planCapture } from '../../../domain/capture/capture.ts'
import type { CapturePlan } from '../../../domain/capture/capture.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { decideInTurn } from '../../routing/steps/decide-in-turn.ts'
import { rememberAutoResponded } from '../../../repositories/auto-responses/auto-response-basis.ts'
import { askForCapture } from '../../../repositories/leads/capture-question.ts'
import { insertDecisions } from '../../../repositories/leads/decisions.ts'
import { createDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { saveTurns } from '../../../repositories/routing/turns.ts'
import { updateLead } from '../../../repositories/leads/leads.ts'
import { tellQueue } from '../../notifications/steps/tell-queue.ts'
import { rescoreLead } from '../../scoring/steps/rescore-leads.ts'
import { readLockedLead } from './read-locked-lead.ts'

interface Release {
  actor: Actor
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
  /** The address our mails are from; null where no auto-response is sent. */
  mailFrom: string | null
}

/**
 * Releases a locked lead from quarantine: by a person, or because it came again with what it lacked. The
 * assignment and the notifications are decided now, by the time at which the lead was received.
 */
export async function releaseHeld(tx: Transaction, lead: Lead, release: Release): Promise<Lead> {
  const { actor, mailDomain, now } = release
  const { plan, defaultQueueId } = await planRelease(tx, lead, release)
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
  // The plan tells the queue of a rule.
  const told = plan.deliveries.filter(({ purpose }) => purpose !== 'queue_mail' || !chosenId)
  const deliveries = [...told, ...(plan.autoResponse ? [plan.autoResponse] : [])]
  await createDeliveries(tx, { leadId: lead.id, deliveries, mailDomain, now })
  if (chosenId !== null && queueId === chosenId) {
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
  { now, mailFrom }: Release
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
    similar: context.similar.filter(({ id }) => id !== lead.id),
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
