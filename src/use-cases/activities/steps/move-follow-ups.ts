import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import {
  giveFollowUpsBack,
  moveFollowUpsOfClient,
  moveFollowUpsOfLeads
} from '../../../repositories/activities/follow-ups.ts'
import type { MovedFollowUp } from '../../../repositories/activities/follow-ups.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { tellOfWork } from '../../notifications/steps/tell-of-work.ts'

interface Moving {
  actor: Actor
  now: Date
  /** The users who are told of it in another way. */
  knownTo?: readonly string[] | undefined
  /** Domain of our Message-IDs; null: no message is sent. */
  mailDomain: string | null
}

/**
 * Planned calls and e-mails go with a lead to its new assignee (null: they have no user): those of the earlier
 * one, and those without a user.
 */
export async function moveFollowUps(
  tx: Transaction,
  moves: readonly { leadId: string; fromId: string | null; toId: string | null }[],
  moving: Moving
): Promise<MovedFollowUp[]> {
  return await finish(tx, await moveFollowUpsOfLeads(tx, moves, moving.now), moving)
}

/** Those of the earlier responsible user go with a client to the new one. */
export async function moveClientFollowUps(
  tx: Transaction,
  move: { clientId: string; fromId: string; toId: string | null },
  moving: Moving
): Promise<Pick<MovedFollowUp, 'id' | 'fromId' | 'toId'>[]> {
  const moved = await finish(tx, await moveFollowUpsOfClient(tx, move, moving.now), moving)
  return moved.map(({ id, fromId, toId }) => ({ id, fromId, toId }))
}

/** An undo brings them back, as far as they still are where they went. */
export async function returnFollowUps(
  tx: Transaction,
  moved: readonly Pick<MovedFollowUp, 'id' | 'fromId' | 'toId'>[],
  moving: Moving
): Promise<void> {
  await finish(tx, await giveFollowUpsBack(tx, moved, moving.now), moving)
}

async function finish(
  tx: Transaction,
  moved: MovedFollowUp[],
  { actor, knownTo, now, mailDomain }: Moving
): Promise<MovedFollowUp[]> {
  await recordEvents(
    tx,
    actor,
    now,
    moved.map(({ id, leadId, clientId, toId }) => ({
      type: 'activity.updated',
      subject: { type: 'activity', id },
      leadId,
      clientId,
      data: { fields: ['userId'], state: 'planned', outcome: null, userId: toId }
    }))
  )
  if (mailDomain !== null) await tellOfWork(tx, moved, { actor, knownTo, now, mailDomain })
  return moved
}
