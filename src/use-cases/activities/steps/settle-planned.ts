import type { Transaction } from '../../../database/client.ts'
import { watchAfterChange } from '../../../domain/activities/announcement.ts'
import type { Activity } from '../../../domain/activities/activity.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { StatusGroup } from '../../../domain/leads/status-groups.ts'
import {
  cancelPlanned,
  lockCancelledAt,
  updateActivity
} from '../../../repositories/activities/activities.ts'
import { tellOfCancelled, tellOfWork } from '../../notifications/steps/tell-of-work.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'

/**
 * What is planned for a lead is cancelled with its deletion. With its restoration it is planned again,
 * unless it was changed since: `since` is when the lead got the status that it leaves. The users of what was
 * planned are told of both.
 */
export async function settlePlanned(
  tx: Transaction,
  leadId: string,
  move: { from: StatusGroup; to: StatusGroup; since: Date },
  { actor, now, mailDomain }: { actor: Actor; now: Date; mailDomain: string }
): Promise<void> {
  const { from, to, since } = move
  if ((from === 'deleted') === (to === 'deleted')) return
  const settled =
    to === 'deleted'
      ? await cancelPlanned(tx, leadId, now)
      : await planAgain(tx, leadId, since, now)
  const by = to === 'deleted' ? 'lead_deleted' : 'lead_restored'
  await recordEvents(
    tx,
    actor,
    now,
    settled.map(({ id, clientId, state, outcome, userId }) => ({
      type: 'activity.updated',
      subject: { type: 'activity', id },
      leadId,
      clientId,
      data: { fields: ['state'], state, outcome, userId, by }
    }))
  )
  const telling = { actor, now, mailDomain }
  if (to === 'deleted') {
    await tellOfCancelled(tx, settled, telling)
    return
  }
  const again = settled.map((activity) => ({ ...activity, fromId: null, toId: activity.userId }))
  await tellOfWork(tx, again, telling)
}

async function planAgain(
  tx: Transaction,
  leadId: string,
  since: Date,
  now: Date
): Promise<Activity[]> {
  const planned: Activity[] = []
  for (const before of await lockCancelledAt(tx, leadId, since)) {
    const state = 'planned'
    const watchAt = watchAfterChange(before, { ...before, state }, now)
    planned.push(await updateActivity(tx, before.id, { state, watchAt }, now))
  }
  return planned
}
