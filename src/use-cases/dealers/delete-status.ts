import type { Database, Transaction } from '../../database/client.ts'
import type { Actor } from '../../domain/events/event.ts'
import { obstacleToMove, stoodSeconds } from '../../domain/leads/status.ts'
import type { MoveObstacle, Status } from '../../domain/leads/status.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { countLeadsWithStatus } from '../../repositories/leads/leads.ts'
import {
  findKindsOfLeadsWithStatus,
  moveLeadsWithStatus
} from '../../repositories/leads/status-leads.ts'
import {
  deleteStatus,
  lockStatus,
  lockStatusLightly,
  lockTargetStatus
} from '../../repositories/dealers/statuses.ts'
import { recordSales } from '../sales/record-sale.ts'
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
  try {
    return await db.transaction(deletion.dealerId, (tx) => remove(tx, deletion), [STATUSES_LOCK])
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal }
    throw error
  }
}

/** Thrown so that leads moved by then stand where they stood. */
class Refused extends Error {
  readonly refusal: MoveObstacle
  constructor(refusal: MoveObstacle) {
    super(refusal)
    this.refusal = refusal
  }
}

/**
 * Most leads are moved while new ones may still get the status; only the last few, that came
 * meanwhile, when none can: captures wait for a moment, however many leads there are.
 */
async function remove(
  tx: Transaction,
  deletion: StatusDeletion
): Promise<'deleted' | { refusal: DeletionRefusal } | { leadCount: number } | null> {
  const { actor, statusId, replacementId, now } = deletion
  const status = await lockStatusLightly(tx, statusId)
  if (!status) return null
  deletion.checkVersion(status.version)
  if (await isLastOfSystemGroup(tx, status)) return { refusal: 'last-of-group' }
  const replacement = await lockReplacement(tx, deletion)
  if (replacement === 'unknown') return { refusal: 'unknown-replacement' }
  const early = replacement ? await moveAll(tx, { status, replacement, deletion }) : 0
  await lockStatus(tx, statusId)
  const late = replacement ? await moveAll(tx, { status, replacement, deletion }) : 0
  const leadCount = replacement ? 0 : await countLeadsWithStatus(tx, statusId)
  if (leadCount > 0) return { leadCount }
  await deleteStatus(tx, statusId)
  await recordEvents(tx, actor, now, [
    {
      type: 'status.deleted',
      subject: { type: 'status', id: statusId },
      data: { name: status.name, group: status.group, replacementId, leadCount: early + late }
    }
  ])
  return 'deleted'
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
async function refuseImpossibleMove(
  tx: Transaction,
  status: Status,
  replacement: Status
): Promise<void> {
  for (const { hasClient } of await findKindsOfLeadsWithStatus(tx, status.id)) {
    const lead = { group: status.group, hasClient, isQuarantined: false }
    const obstacle = obstacleToMove(lead, { to: replacement.group, reason: REASON })
    if (obstacle !== null) throw new Refused(obstacle)
  }
}

/** Answers how many it moved. */
async function moveAll(
  tx: Transaction,
  known: { status: Status; replacement: Status; deletion: StatusDeletion }
): Promise<number> {
  const { status, replacement, deletion } = known
  const { actor, now } = deletion
  await refuseImpossibleMove(tx, status, replacement)
  let count = 0
  const move = { from: status.id, to: replacement.id, limit: BATCH, now }
  for (;;) {
    const moved = await moveLeadsWithStatus(tx, move)
    if (moved.length === 0) return count
    count += moved.length
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
    const leadIds = moved.map(({ id }) => id)
    await recordSales(tx, { leadIds, from: status, toGroup: replacement.group, actor, now })
  }
}
