import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { planAssignmentMail } from '../../../domain/capture/assignment.ts'
import type { PlannedDelivery } from '../../../domain/deliveries/delivery.ts'
import { modeOf } from '../../../domain/notifications/kinds.ts'
import type { Reference } from '../../../domain/leads/lead.ts'
import { invalid } from '../../../domain/refusals.ts'
import type { InvalidCommand, Refusal } from '../../../domain/refusals.ts'
import { lockAssignee } from '../../../repositories/access/assignees.ts'
import { findUserPrincipal } from '../../../repositories/access/principals.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { findQueue } from '../../../repositories/dealers/queues.ts'
import { findRecipients } from '../../../repositories/notifications/recipients.ts'
import { createDeliveriesOfMany } from '../../../repositories/deliveries/deliveries.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import {
  findClosedTo,
  findWithoutQueue,
  updateAssignments
} from '../../../repositories/leads/lead-assignments.ts'
import type { LeadWithAssignment } from '../../../repositories/leads/lead-assignments.ts'
import type { MovedFollowUp } from '../../../repositories/activities/follow-ups.ts'
import { moveFollowUps } from '../../activities/steps/move-follow-ups.ts'
import { tellOfMovedLeads } from '../../notifications/steps/tell-of-moved-leads.ts'
import { MAX_MAILS, tellQueue } from '../../notifications/steps/tell-queue.ts'
import { withdrawRequestsOfOthers } from '../../clients/steps/end-link-requests.ts'
import { withdrawOffers } from '../../qualification/steps/withdraw-offers.ts'

/** The user or the queue that leads are assigned to. */
export type LeadTarget = { assigneeId: string } | { queueId: string }

/** A target that is locked until the transaction ends. */
interface HeldTarget {
  assignee: (Reference & { email: string }) | null
  queueId: string | null
}

/** Locks the target, or refuses an unknown or inactive one. */
export async function holdTarget(
  tx: Transaction,
  to: LeadTarget
): Promise<HeldTarget | InvalidCommand> {
  if ('queueId' in to) {
    const queue = await findQueue(tx, to.queueId)
    return queue ? { assignee: null, queueId: queue.id } : invalid('/queueId', 'unknown-queue')
  }
  const assignee = await lockAssignee(tx, to.assigneeId)
  if (!assignee) return invalid('/assigneeId', 'unknown-user')
  return assignee.active ? { assignee, queueId: null } : invalid('/assigneeId', 'inactive-user')
}

/**
 * Why leads can't be assigned there, by id: converted leads are closed to an assignee who could do nothing
 * with them, and a lead that waits in no queue would be lost to sight there.
 */
export async function findRefusals(
  tx: Transaction,
  found: readonly LeadWithAssignment[],
  { assignee, queueId }: HeldTarget
): Promise<ReadonlyMap<string, Refusal>> {
  if (queueId !== null) {
    const moved = found.filter(
      ({ assignment }) => assignment.assigneeId !== null || assignment.queueId !== queueId
    )
    const ids = await findWithoutQueue(
      tx,
      moved.map(({ id }) => id)
    )
    return new Map([...ids].map((id) => [id, { refusal: 'lead-without-queue' }]))
  }
  const user = assignee && (await findUserPrincipal(tx, assignee.id))
  if (!user) return new Map()
  const moved = found.filter(({ assignment }) => assignment.assigneeId !== user.id)
  const closed = await findClosedTo(
    tx,
    user,
    moved.map(({ id }) => id)
  )
  return new Map([...closed].map((id) => [id, invalid('/assigneeId', 'no-converted-leads')]))
}

/** The changed leads, as they were before, and the planned activities that went with them. */
interface AssignedLeads {
  moved: LeadWithAssignment[]
  followUps: MovedFollowUp[]
}

interface Assignment {
  to: HeldTarget
  actor: Actor
  /** The users who are told of it in another way, beside the one who does it. */
  knownTo?: readonly string[] | undefined
  /** Further data of the events. */
  eventData?: Record<string, string>
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/**
 * Assigns locked leads to a user, who is notified of each (of many in the digest), or puts them into a queue, unassigned. The
 * open offers of the changed leads end, and planned calls and e-mails go with them. The number of
 * statements does not depend on the number of leads.
 */
export async function assign(
  tx: Transaction,
  found: readonly LeadWithAssignment[],
  assignment: Assignment
): Promise<AssignedLeads> {
  const { to, actor, eventData, knownTo, now, mailDomain } = assignment
  const assigneeId = to.assignee?.id ?? null
  const moved = found.filter(
    ({ assignment }) => assignment.assigneeId !== assigneeId || assignment.queueId !== to.queueId
  )
  if (moved.length === 0) return { moved, followUps: [] }
  const ids = moved.map(({ id }) => id)
  await updateAssignments(tx, ids, { assigneeId, queueId: to.queueId }, now)
  await withdrawOffers(tx, ids, { actor, now })
  await withdrawRequestsOfOthers(tx, { leadIds: ids, assigneeId }, { actor, now, mailDomain })
  await recordEvents(
    tx,
    actor,
    now,
    moved.map(({ id, clientId, assignment }) => ({
      type: 'lead.assigned',
      subject: { type: 'lead', id },
      leadId: id,
      clientId,
      data: {
        fromAssigneeId: assignment.assigneeId,
        toAssigneeId: assigneeId,
        fromQueueId: assignment.queueId,
        toQueueId: to.queueId,
        ...eventData
      }
    }))
  )
  await notifyAssignee(tx, moved, assignment)
  await notifyQueue(tx, moved, assignment)
  await tellOfMovedLeads(tx, moved, assignment)
  const moves = moved.map(({ id, assignment: { assigneeId: fromId } }) => ({
    leadId: id,
    fromId,
    toId: assigneeId
  }))
  return { moved, followUps: await moveFollowUps(tx, moves, { actor, knownTo, now, mailDomain }) }
}

/** Tells those who work on the queue that leads wait there. */
async function notifyQueue(
  tx: Transaction,
  moved: readonly LeadWithAssignment[],
  { to: { queueId }, actor, now, mailDomain }: Assignment
): Promise<void> {
  const told = moved.filter(({ isTest, quarantineReason }) => !isTest && quarantineReason === null)
  if (queueId === null) return
  const leadIds = told.map(({ id }) => id)
  await tellQueue(tx, leadIds, { queueId, actor, now, mailDomain })
}

/** Enqueues the mails to the new assignee. */
async function notifyAssignee(
  tx: Transaction,
  moved: readonly LeadWithAssignment[],
  { to: { assignee }, actor, knownTo = [], now, mailDomain }: Assignment
): Promise<void> {
  if (!assignee) return
  const dealer = await findDealer(tx)
  if (!dealer) throw new Error('the dealer of a lead was not found')
  const { settings } = dealer
  const deliveries = moved.flatMap((lead) => {
    const { id: leadId, isTest, quarantineReason } = lead
    const about = { content: { isTest }, quarantineReason }
    const mails = planAssignmentMail(about, { assignee, actor, settings })
    return mails.map((mail) => ({ leadId, ...mail }))
  })
  const isKnown = knownTo.includes(assignee.id)
  const untold = deliveries.filter(({ userId }) => userId !== assignee.id || !isKnown)
  const bundled = await bundle(tx, untold, assignee.id)
  await createDeliveriesOfMany(tx, { deliveries: bundled, mailDomain, now })
}

/** Many leads at once come with the digest of their assignee: a mail for each would bury all others. */
async function bundle(
  tx: Transaction,
  deliveries: (PlannedDelivery & { leadId: string })[],
  assigneeId: string
): Promise<(PlannedDelivery & { leadId: string })[]> {
  if (deliveries.filter(({ userId }) => userId === assigneeId).length <= MAX_MAILS)
    return deliveries
  const [user] = await findRecipients(tx, [assigneeId])
  const isOff = user !== undefined && modeOf(user.notificationModes, 'newLead') === 'off'
  const mode = isOff ? 'off' : 'digest'
  return deliveries.map((one) => (one.userId === assigneeId ? { ...one, mode } : one))
}
