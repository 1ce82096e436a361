import type { Database, Transaction } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { doneAtOf, isOutcomeOf } from '../../domain/activities/activity.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import { unfitOutcome } from '../../domain/activities/unfit-outcome.ts'
import { watchAfterChange } from '../../domain/activities/announcement.ts'
import { actorOf } from '../../domain/events/event.ts'
import { invalid, isRefusal, notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { insertActivity } from '../../repositories/activities/activities.ts'
import { holdClient } from '../../repositories/clients/clients.ts'
import { holdOpportunity } from '../../repositories/clients/opportunities.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { lockSeenLead } from '../../repositories/leads/leads.ts'
import { isActiveUser } from '../clients/steps/responsible-user.ts'
import { keepClock } from '../clock/steps/keep-clock.ts'
import type { CreateCommand } from '../command.ts'
import { tellOfWork, workMovedBy } from '../notifications/steps/tell-of-work.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'

/** An activity as a person enters it. */
export type NewActivity = Omit<Activity, 'id' | 'watchAt' | 'version' | 'createdAt' | 'updatedAt'>

interface CreateActivity extends CreateCommand<Activity> {
  activity: NewActivity
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/** Adds an activity, about any leads and clients that the caller sees. Its user is told of it. */
export async function createActivity(
  db: Database,
  command: CreateActivity
): Promise<Created<Activity> | Refusal> {
  const { principal, now, activity: incoming } = command
  const { leadId, userId, state, doneAt } = incoming
  if (doneAt !== null && state !== 'done') return invalid('/doneAt', 'activity-not-done')
  if (!isOutcomeOf(incoming.outcome, incoming)) {
    return { refusal: 'invalid', faults: [unfitOutcome(incoming)] }
  }
  return await createOnce(db, command, async (tx) => {
    const lead = leadId === null ? null : await lockSeenLead(tx, principal, leadId)
    if (leadId !== null && !lead) return notFound('lead')
    // The user would not be reminded of it.
    const isDue = state === 'planned' && (incoming.dueAt ?? incoming.remindAt) !== null
    if (isDue && lead?.status.group === 'deleted') return { refusal: 'lead-deleted' }
    const clientId = await findSubject(tx, principal, incoming)
    if (isRefusal(clientId)) return clientId
    if (userId !== null && !(await isActiveUser(tx, userId))) {
      return invalid('/userId', 'inactive-user')
    }
    const activity: Activity = {
      ...incoming,
      clientId,
      id: newId(),
      doneAt: doneAtOf(state, { given: doneAt, before: null, now }),
      watchAt: watchAfterChange(null, incoming, now),
      version: 1,
      createdAt: now,
      updatedAt: now
    }
    await insertActivity(tx, activity)
    if (leadId !== null) {
      await keepClock(tx, leadId, { now, isDone: state === 'done' && userId !== null })
    }
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'activity.created',
        subject: { type: 'activity', id: activity.id },
        leadId,
        clientId,
        data: { type: activity.type, state, outcome: activity.outcome, userId }
      }
    ])
    const telling = { actor: actorOf(principal), now, mailDomain: command.mailDomain }
    await tellOfWork(tx, workMovedBy(null, activity), telling)
    return activity
  })
}

/** The client of the activity: the named one, otherwise the client of the named opportunity. */
async function findSubject(
  tx: Transaction,
  principal: TenantPrincipal,
  { clientId, opportunityId }: NewActivity
): Promise<string | null | Refusal> {
  const held = clientId === null ? null : await holdClient(tx, principal, clientId)
  if (clientId !== null && held === null) return notFound('client')
  if (opportunityId === null) return held
  const opportunity = await holdOpportunity(tx, principal, opportunityId)
  if (!opportunity) return notFound('opportunity')
  if (held !== null && opportunity.clientId !== held) {
    return invalid('/opportunityId', 'other-client')
  }
  return opportunity.clientId
}
