import type { Transaction } from '../../../database/client.ts'
import type { Activity } from '../../../domain/activities/activity.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { planNotification } from '../../../domain/notifications/notification.ts'
import { createDeliveriesOfMany } from '../../../repositories/deliveries/deliveries.ts'
import { findRecipients } from '../../../repositories/notifications/recipients.ts'
import { findTellableLeads } from '../../../repositories/notifications/tellable-leads.ts'

/** A planned activity that has another user now. */
export interface MovedWork {
  id: string
  leadId: string | null
  version: number
  /** The user before; null: there was none, or the activity is new. */
  fromId: string | null
  toId: string | null
}

interface Telling {
  actor: Actor
  /** The users who are told of it in another way. */
  knownTo?: readonly string[] | undefined
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/** What a change of an activity, or a new one, moves to another user; nothing where it is not planned. */
export function workMovedBy(
  before: Activity | null,
  { id, leadId, version, state, userId }: Activity
): MovedWork[] {
  const fromId = before?.userId ?? null
  return state !== 'planned' || userId === fromId
    ? []
    : [{ id, leadId, version, fromId, toId: userId }]
}

/**
 * Tells users of work that others planned for them, or took from them. Who had work without a lead may
 * not see it any more, and is not told. Nothing is told of leads that are tests, held or deleted.
 */
export async function tellOfWork(
  tx: Transaction,
  moved: readonly MovedWork[],
  { actor, knownTo = [], now, mailDomain }: Telling
): Promise<void> {
  if (moved.length === 0) return
  const knowing = [null, actor.type === 'user' ? actor.id : null, ...knownTo]
  const leads = await findTellableLeads(
    tx,
    moved.flatMap(({ leadId }) => leadId ?? [])
  )
  const told = moved
    .filter(({ leadId }) => leadId === null || leads.has(leadId))
    .flatMap(({ fromId, toId, ...work }) => [
      { ...work, kind: 'plannedActivity' as const, userId: toId },
      { ...work, kind: 'movedActivity' as const, userId: work.leadId === null ? null : fromId }
    ])
    .filter(({ userId }) => !knowing.includes(userId))
  const users = await findRecipients(tx, [...new Set(told.flatMap(({ userId }) => userId ?? []))])
  const deliveries = told.flatMap(({ id: aboutId, leadId, version, kind, userId }) => {
    const recipients = users.filter(({ id }) => id === userId)
    const planned = planNotification(kind, recipients, { aboutId, key: `${aboutId} ${version}` })
    return planned.map((delivery) => ({ leadId, ...delivery }))
  })
  await createDeliveriesOfMany(tx, { deliveries, mailDomain, now })
}

/** What a change cancels of the work of a user. */
export function workCancelledBy(before: Activity, after: Activity): Activity[] {
  return before.state === 'planned' && after.state === 'cancelled' ? [after] : []
}

/**
 * Tells users that others cancelled what was planned for them, also with the deletion of its lead: then the
 * lead is only named. Nothing is told of leads that are tests or held.
 */
export async function tellOfCancelled(
  tx: Transaction,
  cancelled: readonly Activity[],
  { actor, now, mailDomain }: Telling
): Promise<void> {
  const actorId = actor.type === 'user' ? actor.id : null
  const others = cancelled.filter(({ userId }) => userId !== null && userId !== actorId)
  if (others.length === 0) return
  const leadIds = others.flatMap(({ leadId }) => leadId ?? [])
  const leads = await findTellableLeads(tx, leadIds, { withDeleted: true })
  const present = await findTellableLeads(tx, leadIds)
  const told = others.filter(({ leadId }) => leadId === null || leads.has(leadId))
  const users = await findRecipients(tx, [...new Set(told.flatMap(({ userId }) => userId ?? []))])
  const deliveries = told.flatMap(({ id: aboutId, leadId, version, userId }) => {
    const recipients = users.filter(({ id }) => id === userId)
    const about = { aboutId, key: `${aboutId} ${version}` }
    return planNotification('cancelledActivity', recipients, about).map((delivery) => ({
      leadId: leadId !== null && present.has(leadId) ? leadId : null,
      ...delivery
    }))
  })
  await createDeliveriesOfMany(tx, { deliveries, mailDomain, now })
}
