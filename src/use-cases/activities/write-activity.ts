import type { Transaction } from '../../database/client.ts'
import { bringsFeedback, doneAtOf, isOutcomeOf } from '../../domain/activities/activity.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import { watchAfterChange } from '../../domain/activities/announcement.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { newId } from '../../ids.ts'
import {
  findActivity,
  insertActivity,
  lockActivity,
  updateActivity
} from '../../repositories/activities/activities.ts'
import type { ActivityChange } from '../../repositories/activities/activities.ts'
import { holdClient } from '../../repositories/clients/clients.ts'
import { holdOpportunity } from '../../repositories/clients/opportunities.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { findLeadById, lockLeadById, lockSeenLead } from '../../repositories/leads/leads.ts'
import { isActiveUser } from '../clients/create-client.ts'
import { keepClock } from '../clock/keep-clock.ts'
import { tellArranger } from '../qualification/tell-arranger.ts'

export type ActivityRefusal =
  | 'unknown-lead'
  | 'unknown-client'
  | 'unknown-opportunity'
  | 'other-client'
  | 'unknown-user'
  | 'not-done'
  | 'unfit-outcome'

/** An activity as somebody writes it down. */
export type NewActivity = Omit<Activity, 'id' | 'watchAt' | 'version' | 'createdAt' | 'updatedAt'>

/** Writes an activity down; it may be about leads and clients that the caller sees. */
export async function createActivity(
  tx: Transaction,
  {
    principal,
    actor,
    incoming,
    now
  }: {
    principal: TenantPrincipal
    actor: Actor
    incoming: NewActivity
    now: Date
  }
): Promise<Activity | { refusal: ActivityRefusal }> {
  const { leadId, userId, state, doneAt } = incoming
  if (doneAt !== null && state !== 'done') return { refusal: 'not-done' }
  if (!isOutcomeOf(incoming.outcome, incoming)) return { refusal: 'unfit-outcome' }
  if (leadId !== null && !(await lockSeenLead(tx, principal, leadId))) {
    return { refusal: 'unknown-lead' }
  }
  const whose = await settleClient(tx, principal, incoming)
  if ('refusal' in whose) return whose
  const { clientId } = whose
  if (userId !== null && !(await isActiveUser(tx, userId))) return { refusal: 'unknown-user' }
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
  if (leadId !== null) await keepClock(tx, leadId, now)
  await recordEvents(tx, actor, now, [
    {
      type: 'activity.created',
      subject: { type: 'activity', id: activity.id },
      leadId,
      clientId,
      data: { type: activity.type, state, outcome: activity.outcome, userId }
    }
  ])
  return activity
}

/** The client that an activity is about: as named, or else whose deal it is about. */
async function settleClient(
  tx: Transaction,
  principal: TenantPrincipal,
  { clientId, opportunityId }: NewActivity
): Promise<{ clientId: string | null } | { refusal: ActivityRefusal }> {
  const held = clientId === null ? null : await holdClient(tx, principal, clientId)
  if (clientId !== null && held === null) return { refusal: 'unknown-client' }
  if (opportunityId === null) return { clientId: held }
  const opportunity = await holdOpportunity(tx, principal, opportunityId)
  if (!opportunity) return { refusal: 'unknown-opportunity' }
  if (held !== null && opportunity.clientId !== held) return { refusal: 'other-client' }
  return { clientId: opportunity.clientId }
}

/**
 * Changes a locked activity; one that becomes done is done at that moment, unless a time is given. An
 * outcome that its new type or state can't have goes, as the time at which it was done does.
 */
export async function changeActivity(
  tx: Transaction,
  before: Activity,
  call: {
    actor: Actor
    change: ActivityChange
    now: Date
    /** Domain of our Message-IDs. */
    mailDomain: string
  }
): Promise<Activity | { refusal: ActivityRefusal }> {
  const { actor, change, now } = call
  const { id } = before
  const settled = settleChange(before, change, now)
  if ('refusal' in settled) return settled
  const { userId } = change
  if (typeof userId === 'string' && !(await isActiveUser(tx, userId))) {
    return { refusal: 'unknown-user' }
  }
  const activity = await updateActivity(tx, id, settled, now)
  const { state, outcome, leadId, clientId } = activity
  if (leadId !== null) await keepClock(tx, leadId, now)
  await recordEvents(tx, actor, now, [
    {
      type: 'activity.updated',
      subject: { type: 'activity', id },
      leadId,
      clientId,
      data: { fields: Object.keys(change), state, outcome, userId: activity.userId }
    }
  ])
  if (bringsFeedback(before, activity)) await passOn(tx, activity, call)
  return activity
}

/** Tells whoever arranged it what came of an activity about a lead: mails are about leads. */
async function passOn(
  tx: Transaction,
  activity: Activity,
  { actor, now, mailDomain }: { actor: Actor; now: Date; mailDomain: string }
): Promise<void> {
  const lead = activity.leadId === null ? null : await findLeadById(tx, activity.leadId)
  const dealer = lead && (await findDealer(tx))
  if (dealer) await tellArranger(tx, { activity, lead, dealer, actor, now, mailDomain })
}

/** The activity where this caller sees it, locked after the lead that it is about. */
export async function lockInOrder(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<Activity | null> {
  const seen = await findActivity(tx, principal, id)
  if (!seen) return null
  // What an activity is about never changes.
  if (seen.leadId !== null) await lockLeadById(tx, seen.leadId)
  return await lockActivity(tx, principal, id)
}

function settleChange(
  before: Activity,
  change: ActivityChange,
  now: Date
): (ActivityChange & Pick<Activity, 'watchAt'>) | { refusal: ActivityRefusal } {
  const after = { ...before, ...change }
  const { doneAt: given, outcome } = change
  if (given !== undefined && given !== null && after.state !== 'done') {
    return { refusal: 'not-done' }
  }
  if (outcome !== undefined && !isOutcomeOf(outcome, after)) return { refusal: 'unfit-outcome' }
  return {
    ...change,
    doneAt: doneAtOf(after.state, { given, before: before.doneAt, now }),
    outcome: isOutcomeOf(after.outcome, after) ? after.outcome : null,
    watchAt: watchAfterChange(before, after, now)
  }
}
