import type { Database } from '../../database/client.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import { announcementsOf } from '../../domain/activities/announcement.ts'
import type { ActivityAnnouncement } from '../../domain/activities/announcement.ts'
import { SYSTEM_ACTOR } from '../../domain/events/event.ts'
import {
  lockWatchedActivities,
  watchAgain
} from '../../repositories/activities/watched-activities.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { NewEvent } from '../../repositories/events/record-events.ts'
import type { WatchCommand } from '../command.ts'

/** How many activities one round announces. */
const BATCH = 100

/**
 * Records the reminders and deadlines of planned activities that are due by now, each once. Returns
 * how many there were.
 */
export async function watchActivities(
  db: Database,
  { dealerId, now }: Pick<WatchCommand, 'dealerId' | 'now'>
): Promise<number> {
  return await db.transaction(dealerId, async (tx) => {
    const due = await lockWatchedActivities(tx, now, BATCH)
    const looked = due.map((activity) => ({ activity, ...announcementsOf(activity) }))
    await watchAgain(
      tx,
      looked.map(({ activity: { id }, next }) => ({ id, next }))
    )
    const happened = looked.flatMap(({ activity, announced }) =>
      announced.map((type) => describe(activity, type))
    )
    await recordEvents(tx, SYSTEM_ACTOR, now, happened)
    return due.length
  })
}

function describe(activity: Activity, type: ActivityAnnouncement): NewEvent {
  const { id, userId, leadId, clientId, dueAt } = activity
  return {
    type,
    subject: { type: 'activity', id },
    leadId,
    clientId,
    data: { type: activity.type, userId, dueAt: dueAt?.toISOString() ?? null }
  }
}
