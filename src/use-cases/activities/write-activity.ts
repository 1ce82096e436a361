import type { Database, Transaction } from '../../database/client.ts'
import { doneAtOf } from '../../domain/activities/activity.ts'
import type { Activity, ActivityState } from '../../domain/activities/activity.ts'
import type { Actor } from '../../domain/deliveries/event.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { newId } from '../../ids.ts'
import {
  insertActivity,
  lockActivity,
  updateActivity
} from '../../repositories/activities/activities.ts'
import type { ActivityChange } from '../../repositories/activities/activities.ts'
import { holdClient } from '../../repositories/clients/clients.ts'
import { recordEvents } from '../../repositories/events.ts'
import { findLead } from '../../repositories/leads/leads.ts'
import { isActiveUser } from '../clients/create-client.ts'

export type ActivityRefusal =
  'unknown-lead' | 'unknown-client' | 'unknown-user' | 'unknown-activity' | 'not-done'

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
    incoming: Omit<Activity, 'id' | 'version' | 'createdAt' | 'updatedAt'>
    now: Date
  }
): Promise<Activity | { refusal: ActivityRefusal }> {
  const { leadId, clientId, userId, state, doneAt } = incoming
  if (doneAt !== null && state !== 'done') return { refusal: 'not-done' }
  if (leadId !== null && !(await findLead(tx, principal, leadId))) {
    return { refusal: 'unknown-lead' }
  }
  if (clientId !== null && !(await holdClient(tx, principal, clientId))) {
    return { refusal: 'unknown-client' }
  }
  if (userId !== null && !(await isActiveUser(tx, userId))) return { refusal: 'unknown-user' }
  const activity: Activity = {
    ...incoming,
    id: newId(),
    doneAt: doneAtOf(state, { given: doneAt, before: null, now }),
    version: 1,
    createdAt: now,
    updatedAt: now
  }
  await insertActivity(tx, activity)
  await recordEvents(tx, actor, now, [
    {
      type: 'activity.created',
      subject: { type: 'activity', id: activity.id },
      leadId,
      clientId,
      data: { type: activity.type, state, userId }
    }
  ])
  return activity
}

/** Changes an activity; one that becomes done is done at that moment, unless a time is given. */
export async function changeActivity(
  db: Database,
  call: {
    principal: TenantPrincipal
    actor: Actor
    activityId: string
    change: ActivityChange
    /** Throws where the change is based on another version. */
    checkVersion: (version: number) => void
    now: Date
  }
): Promise<Activity | { refusal: ActivityRefusal }> {
  const { principal, actor, activityId: id, change, now } = call
  return await db.transaction(principal.dealerId, async (tx) => {
    const before = await lockActivity(tx, principal, id)
    if (!before) return { refusal: 'unknown-activity' }
    call.checkVersion(before.version)
    const state: ActivityState = change.state ?? before.state
    const { doneAt: given, userId } = change
    if (given !== undefined && given !== null && state !== 'done') return { refusal: 'not-done' }
    if (userId !== undefined && userId !== null && !(await isActiveUser(tx, userId))) {
      return { refusal: 'unknown-user' }
    }
    const doneAt = doneAtOf(state, { given, before: before.doneAt, now })
    const activity = await updateActivity(tx, id, { ...change, doneAt }, now)
    await recordEvents(tx, actor, now, [
      {
        type: 'activity.updated',
        subject: { type: 'activity', id },
        leadId: activity.leadId,
        clientId: activity.clientId,
        data: { fields: Object.keys(change), state, userId: activity.userId }
      }
    ])
    return activity
  })
}
