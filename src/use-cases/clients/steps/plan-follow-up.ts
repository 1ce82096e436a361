import type { Transaction } from '../../../database/client.ts'
import type { Activity } from '../../../domain/activities/activity.ts'
import type { Client } from '../../../domain/clients/client.ts'
import { followUpDue, followUpType } from '../../../domain/clients/follow-up.ts'
import { actorOf } from '../../../domain/events/event.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Contact, Lead } from '../../../domain/leads/lead.ts'
import { newId } from '../../../ids.ts'
import {
  findPlannedOfLead,
  insertActivity,
  reassignActivities
} from '../../../repositories/activities/activities.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { findUser } from '../../../repositories/access/users.ts'
import type { Command } from '../../command.ts'
import { tellOfWork, workMovedBy } from '../../notifications/steps/tell-of-work.ts'

/** What plans a follow-up tells its user of it. */
export interface FollowUpCommand extends Command {
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/** The next step for a client, and whether it was planned just now. */
export interface FollowUp {
  activity: Activity
  isNew: boolean
}

/** What a user asked for and another one agreed to: it is the act of the user who asked. */
export interface Agreed {
  linkRequestId: string
  requestedBy: string
}

export function requesterOf({ requestedBy }: Agreed): Actor {
  return { type: 'user', id: requestedBy }
}

/** What an undo removes: the activity, if it is new. */
export function madeOf(followUp: FollowUp | null): { id: string; version: number } | null {
  if (followUp?.isNew !== true) return null
  const { id, version } = followUp.activity
  return { id, version }
}

/**
 * Plans what comes after a link or a conversion: a call if the client has a phone, else an e-mail,
 * on the next working morning; for the client's responsible user, else the lead's assignee, else the
 * one who asked. Who has left is passed over. A lead that has such an activity planned, as after an
 * earlier link, keeps it instead: `isNew` is false. A link that was asked for is no exception.
 */
export async function planFollowUp(
  tx: Transaction,
  { principal, now, mailDomain }: FollowUpCommand,
  { lead, client, agreed }: { lead: Lead; client: Client; agreed?: Agreed | undefined }
): Promise<FollowUp> {
  const type = followUpType(client.content.contact)
  const planned = await findPlannedOfLead(tx, lead.id, { type, clientId: client.id })
  if (planned) return { activity: planned, isNew: false }
  const dealer = await findDealer(tx)
  if (!dealer) throw new Error('a credential names a dealer that is not there')
  const callerId = agreed?.requestedBy ?? (principal.kind === 'user' ? principal.id : undefined)
  const userIds = [client.responsibleUser?.id, lead.assignee?.id, callerId]
  const activity = await planNextStep(tx, {
    contact: client.content.contact,
    dueAt: followUpDue(now, dealer.timeZone),
    userIds,
    mailDomain,
    leadId: lead.id,
    clientId: client.id,
    actor: agreed ? requesterOf(agreed) : actorOf(principal),
    knownBy: actorOf(principal),
    now
  })
  return { activity, isNew: true }
}

/** Plans a call if there is a phone, else an e-mail, for the first of these users who is active. */
export async function planNextStep(
  tx: Transaction,
  step: {
    contact: Contact
    dueAt: Date
    userIds: readonly (string | undefined)[]
    leadId: string
    clientId: string | null
    actor: Actor
    /** Who knows of it already. */
    knownBy: Actor
    now: Date
    mailDomain: string
  }
): Promise<Activity> {
  const { dueAt, leadId, clientId, actor, now, mailDomain } = step
  const activity: Activity = {
    id: newId(),
    type: followUpType(step.contact),
    state: 'planned',
    text: null,
    dueAt,
    doneAt: null,
    outcome: null,
    feedback: null,
    remindAt: null,
    watchAt: dueAt,
    userId: await findFirstActiveUser(tx, step.userIds),
    createdBy: actor.type === 'user' ? actor.id : null,
    leadId,
    clientId,
    opportunityId: null,
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
      data: { type: activity.type, state: activity.state, userId: activity.userId }
    }
  ])
  await tellOfWork(tx, workMovedBy(null, activity), { actor: step.knownBy, now, mailDomain })
  return activity
}

/** Planned activities of a lead go with it to its client. Returns which. */
export async function attachPlanned(
  tx: Transaction,
  { leadId, clientId }: { leadId: string; clientId: string },
  now: Date
): Promise<string[]> {
  return await reassignActivities(tx, { leadId, from: null, to: clientId, state: 'planned' }, now)
}

async function findFirstActiveUser(
  tx: Transaction,
  ids: readonly (string | undefined)[]
): Promise<string | null> {
  for (const id of ids) {
    const user = id === undefined ? null : await findUser(tx, id)
    if (user?.active === true) return user.id
  }
  return null
}
