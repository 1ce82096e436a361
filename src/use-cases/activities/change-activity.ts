import type { Database, Transaction } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { bringsFeedback, doneAtOf, isOutcomeOf } from '../../domain/activities/activity.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import { unfitOutcome } from '../../domain/activities/unfit-outcome.ts'
import { watchAfterChange } from '../../domain/activities/announcement.ts'
import { actorOf } from '../../domain/events/event.ts'
import { invalid, isRefusal, notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findActivity, updateActivity } from '../../repositories/activities/activities.ts'
import type { ActivityChange } from '../../repositories/activities/activities.ts'
import { findAwaitedLead } from '../../repositories/clock/awaited-leads.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { findLeadById, lockLeadById } from '../../repositories/leads/leads.ts'
import { isActiveUser } from '../clients/steps/responsible-user.ts'
import { keepClock } from '../clock/steps/keep-clock.ts'
import { versionRefusal } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import {
  tellOfCancelled,
  tellOfWork,
  workCancelledBy,
  workMovedBy
} from '../notifications/steps/tell-of-work.ts'
import { notifyScheduler } from '../qualification/steps/notify-scheduler.ts'
import { write } from '../write.ts'

interface ChangeActivity extends ChangeCommand {
  activityId: string
  change: ActivityChange
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/**
 * Changes an activity. The state `done` sets the time, unless one is given. An outcome that the new
 * type or state can't have is removed, and so is the time when the activity is no longer done.
 */
export async function changeActivity(
  db: Database,
  command: ChangeActivity
): Promise<Activity | Refusal> {
  const { principal, now, activityId, change, mailDomain } = command
  const actor = actorOf(principal)
  return await write(db, command, async (tx) => {
    const before = await lockInOrder(tx, principal, activityId)
    if (!before) return notFound('activity')
    const refusal = versionRefusal(command, before.version)
    if (refusal) return refusal
    if (await isOfDeletedLead(tx, before)) return { refusal: 'lead-deleted' }
    const settled = settleChange(before, change, now)
    if (isRefusal(settled)) return settled
    const { userId } = change
    if (typeof userId === 'string' && !(await isActiveUser(tx, userId))) {
      return invalid('/userId', 'inactive-user')
    }
    const activity = await updateActivity(tx, activityId, settled, now)
    const { state, outcome, leadId, clientId } = activity
    if (leadId !== null) {
      const [isDone, wasDone] = [activity.state === 'done', before.state === 'done']
      await keepClock(tx, leadId, { now, isDone: isDone && activity.userId !== null, wasDone })
    }
    await recordEvents(tx, actor, now, [
      {
        type: 'activity.updated',
        subject: { type: 'activity', id: activityId },
        leadId,
        clientId,
        data: { fields: Object.keys(change), state, outcome, userId: activity.userId }
      }
    ])
    const telling = { actor, now, mailDomain }
    await tellOfWork(tx, workMovedBy(before, activity), telling)
    await tellOfCancelled(tx, workCancelledBy(before, activity), telling)
    if (bringsFeedback(before, activity)) {
      // Mails are about leads: an activity without one brings none.
      const lead = leadId === null ? null : await findLeadById(tx, leadId)
      const dealer = lead && (await findDealer(tx))
      if (dealer) await notifyScheduler(tx, { activity, lead, dealer, actor, now, mailDomain })
    }
    return activity
  })
}

/** The activity if the caller sees it, locked after its lead. */
async function lockInOrder(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<Activity | null> {
  const seen = await findActivity(tx, principal, id)
  if (!seen) return null
  // The lead of an activity never changes.
  if (seen.leadId !== null) await lockLeadById(tx, seen.leadId)
  return await findActivity(tx, principal, id, 'update')
}

/** Nothing is done or planned on a deleted lead; notes about it can be corrected. */
async function isOfDeletedLead(tx: Transaction, { leadId, type }: Activity): Promise<boolean> {
  if (leadId === null || type === 'note') return false
  return (await findAwaitedLead(tx, leadId))?.group === 'deleted'
}

function settleChange(
  before: Activity,
  change: ActivityChange,
  now: Date
): (ActivityChange & Pick<Activity, 'watchAt'>) | Refusal {
  const after = { ...before, ...change }
  const { doneAt: given, outcome } = change
  if (given !== undefined && given !== null && after.state !== 'done') {
    return invalid('/doneAt', 'activity-not-done')
  }
  if (outcome !== undefined && !isOutcomeOf(outcome, after)) {
    return { refusal: 'invalid', faults: [unfitOutcome(after)] }
  }
  return {
    ...change,
    doneAt: doneAtOf(after.state, { given, before: before.doneAt, now }),
    outcome: isOutcomeOf(after.outcome, after) ? after.outcome : null,
    watchAt: watchAfterChange(before, after, now)
  }
}
