import type { Database } from '../../database/client.ts'
import { announcementsOf } from '../../domain/activities/announcement.ts'
import { SYSTEM_ACTOR } from '../../domain/events/event.ts'
import {
  lockWatchedActivities,
  watchAgain
} from '../../repositories/activities/watched-activities.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { NewEvent } from '../../repositories/events/record-events.ts'
import type { WatchCommand } from '../command.ts'
import { tellOfActivities } from '../notifications/steps/tell-of-activities.ts'
import type { AnnouncedActivity } from '../notifications/steps/tell-of-activities.ts'

/** How many activities one round announces. */
const BATCH = 100

/**
 * Records the reminders and deadlines of planned activities that are due by now, each once, and tells
 * the users who do them. Returns how many there were.
 */
export async function watchActivities(
  db: Database,
  { dealerId, now, mailDomain }: Pick<WatchCommand, 'dealerId' | 'now' | 'mailDomain'>
): Promise<number> {
  return await db.transaction(dealerId, async (tx) => {
    const due = await lockWatchedActivities(tx, now, BATCH)
    const looked = due.map((activity) => ({ activity, ...announcementsOf(activity) }))
    await watchAgain(
      tx,
      looked.map(({ activity: { id }, next }) => ({ id, next }))
    )
    const announced = looked.flatMap(({ activity, announced }) =>
      announced.map((type) => ({ activity, type }))
    )
    await recordEvents(tx, SYSTEM_ACTOR, now, announced.map(describe))
    await tellOfActivities(tx, announced, { now, mailDomain })
    return due.length
  })
}

function describe({ activity, type }: AnnouncedActivity): NewEvent {
  const { id, userId, leadId, clientId, dueAt } = activity
  return {
    type,
    subject: { type: 'activity', id },
    leadId,
    clientId,
    data: { type: activity.type, userId, dueAt: dueAt?.toISOString() ?? null }
  }
}
