import type { Transaction } from '../../../database/client.ts'
import type { Activity } from '../../../domain/activities/activity.ts'
import type { ActivityAnnouncement } from '../../../domain/activities/announcement.ts'
import type { NotificationKind } from '../../../domain/notifications/kinds.ts'
import { planNotification } from '../../../domain/notifications/notification.ts'
import { createDeliveriesOfMany } from '../../../repositories/deliveries/deliveries.ts'
import { findTellableLeads } from '../../../repositories/notifications/tellable-leads.ts'
import { findRecipients } from '../../../repositories/notifications/recipients.ts'

/** An activity that has come to be announced. */
export interface AnnouncedActivity {
  activity: Activity
  type: ActivityAnnouncement
}

const KIND_OF = {
  'activity.reminder': 'reminder',
  'activity.overdue': 'overdue'
} as const satisfies Record<ActivityAnnouncement, NotificationKind>

/**
 * Tells the user who does each activity, else the user who has its lead, else the one who arranged it.
 * What is about a test lead, or one that is held or deleted, is not told.
 */
export async function tellOfActivities(
  tx: Transaction,
  announced: readonly AnnouncedActivity[],
  { now, mailDomain }: { now: Date; mailDomain: string }
): Promise<void> {
  const leads = await findTellableLeads(
    tx,
    announced.flatMap(({ activity }) => activity.leadId ?? [])
  )
  const told = announced.flatMap(({ activity, type }) => {
    const lead = activity.leadId === null ? null : leads.get(activity.leadId)
    if (lead === undefined) return []
    const userId = activity.userId ?? lead?.assigneeId ?? activity.createdBy
    return userId === null ? [] : [{ activity, kind: KIND_OF[type], userId }]
  })
  const users = await findRecipients(tx, [...new Set(told.map(({ userId }) => userId))])
  const deliveries = told.flatMap(({ activity, kind, userId }) => {
    const { id: aboutId, leadId, dueAt, remindAt } = activity
    const at = (kind === 'reminder' ? remindAt : dueAt)?.toISOString() ?? ''
    const facts = { dueAt: dueAt?.toISOString() ?? null }
    const recipients = users.filter(({ id }) => id === userId)
    const planned = planNotification(kind, recipients, { aboutId, facts, key: `${aboutId} ${at}` })
    return planned.map((delivery) => ({ leadId, ...delivery }))
  })
  await createDeliveriesOfMany(tx, { deliveries, mailDomain, now })
}
