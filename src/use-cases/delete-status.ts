import type { Database, Transaction } from '../database/client.ts'
import type { Actor } from '../domain/event.ts'
import { obstacleToMove, stoodSeconds } from '../domain/status.ts'
import type { MoveObstacle, Status } from '../domain/status.ts'
import { recordEvents } from '../repositories/events.ts'
import { countLeadsWithStatus } from '../repositories/leads.ts'
import { findKindsOfLeadsWithStatus, moveLeadsWithStatus } from '../repositories/status-leads.ts'
import { deleteStatus, lockStatus, lockTargetStatus } from '../repositories/statuses.ts'
import { STATUSES_LOCK, isLastOfSystemGroup } from './update-status.ts'

/** How many leads are moved by one statement, all of them within one transaction. */
const BATCH = 1_000

/** The reason that history gives for the move. */
const REASON = 'status deleted'

export interface StatusDeletion {
  dealerId: string
  actor: Actor
  statusId: string
  /** Where its leads go. */
  replacementId: string | null
  /** Throws where the change is based on another version. */
  checkVersion: (version: number) => void
  now: Date
}

export type DeletionRefusal = 'last-of-group' | 'unknown-replacement' | MoveObstacle

/**
 * Deletes a status and moves its leads to another, each with an event of its own. The last status of
 * a group that the system itself uses stays; one in use needs a replacement. Null where there is none.
 */
export async function removeStatus(
  db: Database,
  deletion: StatusDeletion
): Promise<'deleted' | { refusal: DeletionRefusal } | { leadCount: number } | null> {
  const { dealerId, actor, statusId, replacementId, now } = deletion
  return await db.transaction(
    dealerId,
    async (tx) => {
      const status = await lockStatus(tx, statusId)
      if (!status) return null
      deletion.checkVersion(status.version)
      if (await isLastOfSystemGroup(tx, status)) return { refusal: 'last-of-group' }
      const replacement = await lockReplacement(tx, deletion)
      if (replacement === 'unknown') return { refusal: 'unknown-replacement' }
      const leadCount = await countLeadsWithStatus(tx, statusId)
      if (leadCount > 0) {
        if (replacement === null) return { leadCount }
        const obstacle = await obstacleToMoveAll(tx, status, replacement)
        if (obstacle !== null) return { refusal: obstacle }
        await moveAll(tx, { status, replacement, deletion })
      }
      await deleteStatus(tx, statusId)
      await recordEvents(tx, actor, now, [
        {
          type: 'status.deleted',
          subject: { type: 'status', id: statusId },
          data: { name: status.name, group: status.group, replacementId, leadCount }
        }
      ])
      return 'deleted'
    },
    [STATUSES_LOCK]
  )
}

async function lockReplacement(
  tx: Transaction,
  { statusId, replacementId }: StatusDeletion
): Promise<Status | 'unknown' | null> {
  if (replacementId === null) return null
  if (replacementId === statusId) return 'unknown'
  return (await lockTargetStatus(tx, replacementId)) ?? 'unknown'
}

/** Leads with and without a client have different ways open to them. */
async function obstacleToMoveAll(
  tx: Transaction,
  status: Status,
  replacement: Status
): Promise<MoveObstacle | null> {
  for (const { hasClient } of await findKindsOfLeadsWithStatus(tx, status.id)) {
    const lead = { group: status.group, hasClient, isQuarantined: false }
    const obstacle = obstacleToMove(lead, { to: replacement.group, reason: REASON })
    if (obstacle !== null) return obstacle
  }
  return null
}

async function moveAll(
  tx: Transaction,
  known: { status: Status; replacement: Status; deletion: StatusDeletion }
): Promise<void> {
  const { status, replacement, deletion } = known
  const { actor, now } = deletion
  const move = { from: status.id, to: replacement.id, limit: BATCH, now }
  for (;;) {
    const moved = await moveLeadsWithStatus(tx, move)
    if (moved.length === 0) return
    await recordEvents(
      tx,
      actor,
      now,
      moved.map(({ id, clientId, since }) => ({
        type: 'lead.status_changed',
        subject: { type: 'lead', id },
        leadId: id,
        clientId,
        data: {
          fromStatusId: status.id,
          toStatusId: replacement.id,
          fromGroup: status.group,
          toGroup: replacement.group,
          reason: REASON,
          stoodSeconds: stoodSeconds(since, now)
        }
      }))
    )
  }
}
